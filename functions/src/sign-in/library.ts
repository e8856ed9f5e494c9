/**
 * The sign-in library, better-auth, as Vigil uses it: codes by e-mail and passkeys; sessions, cookies, challenges and rate
 * limits are its own. Nothing of it calls anybody: its telemetry is off, and no social provider is configured.
 */
import { passkey } from "@better-auth/passkey";
import * as Id from "@vigil/core/id";
import { people as limits } from "@vigil/core/limits";
import type { Mailer } from "@vigil/core/platform/mail";
import * as tables from "@vigil/core/sign-in/tables";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { signInPath } from "../one-origin.ts";
import { cookieAttributes, cookieName } from "../sign-in-cookie.ts";
import { viewerHeader } from "../viewer.ts";
import { emailCode } from "./email-code.ts";
import { takeShare } from "./take-share.ts";
import { writeCodeMail } from "./write-code-mail.ts";

export type LibrarySettings = {
  database: NodePgDatabase;
  /** The one origin: `https://vigil.example.com`. */
  origin: string;
  secret: string;
  /** Undefined where no mail can be sent. */
  mailer: Mailer | undefined;
  log: (level: "error" | "warn", message: string, details: unknown) => void;
};

const daySeconds = 24 * 60 * 60;

export function createLibrary({ database, origin, secret, mailer, log }: LibrarySettings) {
  const cookie = (of: "browser" | "code" | "passkey" | "known") => ({
    name: cookieName(origin, of),
    attributes: cookieAttributes(origin),
  });
  return betterAuth({
    appName: "Vigil",
    baseURL: origin,
    basePath: signInPath,
    secret,
    trustedOrigins: [new URL(origin).origin],
    telemetry: { enabled: false },
    database: drizzleAdapter(database, {
      provider: "pg",
      schema: {
        user: tables.signInPerson,
        session: tables.signInBrowser,
        account: tables.signInProvider,
        verification: tables.signInChallenge,
        passkey: tables.signInPasskey,
        rateLimit: tables.signInRate,
      },
    }),
    session: { expiresIn: limits.signedInMsMax / 1000, updateAge: daySeconds, freshAge: daySeconds },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 120,
      customRules: {
        "/code": { window: 60, max: 10 },
        "/code/enter": { window: 60, max: 30 },
        "/passkey/*": { window: 60, max: 30 },
        "/get-session": false,
      },
    },
    advanced: {
      // The names carry their own prefix.
      useSecureCookies: false,
      cookies: {
        session_token: cookie("browser"),
        code: cookie("code"),
        known: cookie("known"),
        passkey: cookie("passkey"),
      },
      database: { generateId: ({ model }) => (model === "user" ? Id.create("person") : crypto.randomUUID()) },
      ipAddress: { ipAddressHeaders: [viewerHeader] },
    },
    logger: {
      level: "warn",
      log: (level, message, ...details) => log(level === "error" ? "error" : "warn", message, details),
    },
    plugins: [
      emailCode({
        takeShare: (of) => takeShare(database, of),
        async send(mail) {
          if (!mailer) {
            throw new APIError("CONFLICT", { code: "not-offered", message: "no mail can be sent here" });
          }
          await mailer.send(writeCodeMail(mail, origin));
        },
      }),
      passkey({
        rpName: "Vigil",
        rpID: new URL(origin).hostname,
        origin: new URL(origin).origin,
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        advanced: { webAuthnChallengeCookie: "passkey" },
        authentication: {
          afterVerification({ verification }) {
            // It stands alone: who merely holds it must not get in.
            if (verification.authenticationInfo.userVerified) return;
            throw new APIError("FORBIDDEN", { message: "the passkey did not check who holds it" });
          },
        },
      }),
    ],
  });
}
