/** Who is signed in, and of which accounts they are members. */
import * as z from "zod";
import * as Id from "../id.ts";
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

export const Memberships = z
  .object({
    person: z.object({ id: Id.of("person"), email: z.string() }),
    items: z.array(Membership),
  })
  .meta({ id: "Memberships", description: "The person who is signed in, and their accounts." });
export type Memberships = z.infer<typeof Memberships>;
