/** What the console asks about people: who is signed in, accounts, members, invitations, tokens, the audit list. */

import type { Client } from "@vigil/client";
import type { Language } from "@vigil/core/language/languages";
import { bounded, createIdempotencyKey, type Settle } from "./asking.ts";
import type {
  AuditEntry,
  Invitation,
  InvitationShown,
  InvitationWithLink,
  Member,
  Membership,
  Memberships,
  NewAccount,
  Role,
  Token,
  TokenWithKey,
} from "./contract.ts";

export type PeopleApi = {
  memberships: (signal?: AbortSignal) => Promise<Memberships>;
  /** In which language they are told things, in all of their accounts. */
  changePerson: (language: Language) => Promise<void>;
  openAccount: (input: NewAccount) => Promise<Membership>;
  members: (signal?: AbortSignal) => Promise<Member[]>;
  changeRole: (id: string, role: Role) => Promise<void>;
  removeMember: (id: string) => Promise<void>;
  rename: (name: string) => Promise<void>;
  leave: () => Promise<void>;
  invitations: (signal?: AbortSignal) => Promise<Invitation[]>;
  invite: (role: Role) => Promise<InvitationWithLink>;
  revokeInvitation: (id: string) => Promise<void>;
  showInvitation: (token: string) => Promise<InvitationShown>;
  acceptInvitation: (token: string, name: string) => Promise<Membership>;
  tokens: (signal?: AbortSignal) => Promise<Token[]>;
  addToken: (name: string, days: number) => Promise<TokenWithKey>;
  revokeToken: (id: string) => Promise<void>;
  audit: (signal?: AbortSignal) => Promise<AuditEntry[]>;
};

const auditShownMax = 30;

const withId = (id: string) => ({ params: { path: { id } }, signal: bounded() });
const once = () => ({
  params: { header: { "idempotency-key": createIdempotencyKey() } },
  signal: bounded(),
});

export function peopleCalls(client: Client, settle: Settle): PeopleApi {
  return {
    memberships: (signal) => settle(client.GET("/v1/memberships", { signal: bounded(signal) })),
    changePerson: async (language) => {
      await settle(client.PATCH("/v1/person", { body: { language }, signal: bounded() }));
    },
    openAccount: (body) => settle(client.POST("/v1/accounts", { body, signal: bounded() })),
    members: async (signal) => (await settle(client.GET("/v1/members", { signal: bounded(signal) }))).items,
    changeRole: async (id, role) => {
      await settle(client.PATCH("/v1/members/{id}", { ...withId(id), body: { role } }));
    },
    removeMember: async (id) => {
      await settle(client.DELETE("/v1/members/{id}", withId(id)));
    },
    rename: async (name) => {
      await settle(client.PATCH("/v1/membership", { body: { name }, signal: bounded() }));
    },
    leave: async () => {
      await settle(client.DELETE("/v1/membership", { signal: bounded() }));
    },
    showInvitation: (token) =>
      settle(client.POST("/v1/invitations/shown", { body: { token }, signal: bounded() })),
    acceptInvitation: (token, name) =>
      settle(client.POST("/v1/invitations/accepted", { body: { token, name }, signal: bounded() })),
    audit: async (signal) => {
      const params = { query: { limit: auditShownMax } };
      return (await settle(client.GET("/v1/audit", { params, signal: bounded(signal) }))).items;
    },
    ...linkCalls(client, settle),
  };
}

type LinkCall = "invitations" | "invite" | "revokeInvitation" | "tokens" | "addToken" | "revokeToken";

function linkCalls(client: Client, settle: Settle): Pick<PeopleApi, LinkCall> {
  return {
    invitations: async (signal) =>
      (await settle(client.GET("/v1/invitations", { signal: bounded(signal) }))).items,
    invite: (role) => settle(client.POST("/v1/invitations", { ...once(), body: { role } })),
    revokeInvitation: async (id) => {
      await settle(client.DELETE("/v1/invitations/{id}", withId(id)));
    },
    tokens: async (signal) => (await settle(client.GET("/v1/tokens", { signal: bounded(signal) }))).items,
    addToken: (name, days) => settle(client.POST("/v1/tokens", { ...once(), body: { name, days } })),
    revokeToken: async (id) => {
      await settle(client.DELETE("/v1/tokens/{id}", withId(id)));
    },
  };
}
