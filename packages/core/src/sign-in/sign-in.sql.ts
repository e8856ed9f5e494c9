import { bigint, boolean, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant, signInRows } from "../db/tenant.ts";
import type { Language } from "../language/wire.ts";

/**
 * The tables of the sign-in library (better-auth), whose names for things they keep. Its own role reads and writes them and
 * nothing else; the application learns of them through `memberships_of_sign_in` and `language_of_sign_in` alone.
 */

/** A person, who may be a member of several accounts. */
export const signInPerson = pgTable(
  "sign_in_person",
  {
    id: text("id").primaryKey(),
    /** Unused: a person has a name in each account. */
    name: text("name").notNull(),
    email: text("email").notNull(),
    emailVerified: boolean("email_verified").notNull(),
    image: text("image"),
    /** In which they are told things; null: whatever their browser asks for. The library knows nothing of it. */
    language: text("language").$type<Language>(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [signInRows(), uniqueIndex("sign_in_person_email").on(table.email)],
);

const personId = () =>
  text("person_id")
    .notNull()
    .references(() => signInPerson.id, { onDelete: "cascade" });

/** A browser in which a person is signed in. */
export const signInBrowser = pgTable(
  "sign_in_browser",
  {
    id: text("id").primaryKey(),
    userId: personId(),
    /** Worth nothing without its signature, whose secret the database does not have. */
    token: text("token").notNull(),
    expiresAt: instant("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    signInRows(),
    uniqueIndex("sign_in_browser_token").on(table.token),
    index("sign_in_browser_by_person").on(table.userId),
  ],
);

export const signInPasskey = pgTable(
  "sign_in_passkey",
  {
    id: text("id").primaryKey(),
    userId: personId(),
    name: text("name"),
    publicKey: text("public_key").notNull(),
    credentialID: text("credential_id").notNull(),
    counter: integer("counter").notNull(),
    deviceType: text("device_type").notNull(),
    backedUp: boolean("backed_up").notNull(),
    transports: text("transports"),
    aaguid: text("aaguid"),
    createdAt: instant("created_at"),
  },
  (table) => [
    signInRows(),
    uniqueIndex("sign_in_passkey_credential").on(table.credentialID),
    index("sign_in_passkey_by_person").on(table.userId),
  ],
);

/** Codes and challenges that are under way: used once, and gone. */
export const signInChallenge = pgTable(
  "sign_in_challenge",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [signInRows(), index("sign_in_challenge_identifier").on(table.identifier)],
);

/** How often somebody asked lately: by address of the network, and by e-mail address. */
export const signInRate = pgTable(
  "sign_in_rate",
  {
    id: text("id").primaryKey(),
    key: text("key").notNull(),
    count: integer("count").notNull(),
    /** Milliseconds since 1970. */
    lastRequest: bigint("last_request", { mode: "number" }).notNull(),
  },
  (table) => [signInRows(), uniqueIndex("sign_in_rate_key").on(table.key)],
);

/** Passwords and other sites' sign-ins, which Vigil does not offer: the library asks for the table, which stays empty. */
export const signInProvider = pgTable(
  "sign_in_provider",
  {
    id: text("id").primaryKey(),
    userId: personId(),
    accountId: text("provider_account_id").notNull(),
    providerId: text("provider_id").notNull(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: instant("access_token_expires_at"),
    refreshTokenExpiresAt: instant("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [signInRows(), index("sign_in_provider_by_person").on(table.userId)],
);
