/** Who is signed in, and of which accounts they are members. */
import * as z from "zod";
import * as Id from "../id.ts";
import { Language } from "../language/wire.ts";
import { Role } from "../member/wire.ts";
import { Tier } from "../tiers.ts";

export const Membership = z
  .object({
    account: z.object({ id: Id.of("account"), name: z.string(), tier: Tier }),
    memberId: Id.of("member"),
    name: z.string().describe("What the person is called there"),
    role: Role,
  })
  .meta({ id: "Membership" });
export type Membership = z.infer<typeof Membership>;

export const Person = z
  .object({
    id: Id.of("person"),
    email: z.string(),
    language: Language.nullable().describe("In which they are told things; null: they have not chosen"),
  })
  .meta({ id: "Person", description: "Who signs in; the same in all accounts." });
export type Person = z.infer<typeof Person>;

export const PersonChange = z
  .strictObject({ language: Language.nullable().describe("Null: whatever the browser asks for") })
  .meta({ id: "PersonChange", examples: [{ language: "de" }] });
export type PersonChange = z.infer<typeof PersonChange>;

export const Memberships = z
  .object({
    person: Person,
    items: z.array(Membership),
  })
  .meta({ id: "Memberships", description: "The person who is signed in, and their accounts." });
export type Memberships = z.infer<typeof Memberships>;
