/** What the account of the console's test was told, and what was done in it. */
import { AuditEntry } from "@vigil/core/audit/wire";
import { AttemptView, Message } from "@vigil/core/delivery/wire";
import { MemberView } from "@vigil/core/member/wire";
import * as fixture from "./fixtures.ts";

export const message = Message.parse({
  specversion: "1.0",
  id: fixture.delivery.id,
  source: `/accounts/${fixture.account.id}`,
  type: "vigil.digest.v1",
  time: fixture.delivery.createdAt,
  subject: fixture.delivery.subject,
  datacontenttype: "application/json",
  data: {
    level: "elevated",
    title: fixture.delivery.title,
    summary: ["Two people came to the front door."],
    occurredAt: fixture.delivery.createdAt,
    site: fixture.account.sites[0] ?? null,
    zones: ["front_door"],
    seen: { person: 2 },
    recommendation: null,
    thread: fixture.id("ses", 1),
    rings: true,
    links: { console: "https://vigil.example.com/", api: null },
  },
} satisfies Message);

export const attempts = [
  { number: 1, at: fixture.delivery.createdAt, status: 503, milliseconds: 210, error: "busy" },
  { number: 2, at: fixture.delivery.createdAt, status: 200, milliseconds: 84, error: null },
].map((attempt) => AttemptView.parse(attempt));

export const member = MemberView.parse({
  id: fixture.id("mbr", 1),
  name: "Ada",
  role: "owner",
  email: "ada@example.com",
  joinedAt: "2026-03-01T08:00:00Z",
} satisfies MemberView);

export const auditEntry = AuditEntry.parse({
  id: fixture.id("aud", 1),
  at: "2026-11-20T09:00:00Z",
  actor: member.id,
  actorName: member.name,
  action: "account.changed",
  subject: fixture.account.id,
  subjectName: null,
  detail: {},
} satisfies AuditEntry);
