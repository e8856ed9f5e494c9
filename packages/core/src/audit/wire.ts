/** The audit trail as members read it. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";

export const AuditEntry = z
  .object({
    id: Id.of("audit"),
    at: Instant,
    actor: z.string().describe("A member or device, or what acted by itself"),
    actorName: z.string().nullable(),
    action: z.string().describe("As in `member.removed`"),
    subject: z.string().describe("What it was done to"),
    subjectName: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;
