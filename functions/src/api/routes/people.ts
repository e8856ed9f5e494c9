/** People: who is signed in, accounts, members, invitations, tokens, and what was done. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { NewAccount } from "@vigil/core/account/wire";
import { AuditEntry } from "@vigil/core/audit/wire";
import {
  acceptInvitation,
  addToken,
  changeMember,
  invite,
  leaveAccount,
  listAudit,
  listInvitations,
  listMembers,
  listTokens,
  openAccount,
  removeMember,
  rename,
  revokeInvitation,
  revokeToken,
  showInvitation,
} from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import {
  InvitationAcceptance,
  InvitationInput,
  InvitationShown,
  InvitationToken,
  InvitationView,
  InvitationWithLink,
} from "@vigil/core/invitation/wire";
import {
  MemberChange,
  MemberView,
  OwnName,
  TokenInput,
  TokenView,
  TokenWithKey,
} from "@vigil/core/member/wire";
import { parseCursor } from "@vigil/core/page";
import * as SignIn from "@vigil/core/sign-in";
import { Membership, Memberships, Person, PersonChange } from "@vigil/core/sign-in/wire";
import * as z from "zod";
import { member, person, signedInMember } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { unstored } from "../middleware.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, PageQuery, pageOf } from "../schema.ts";

const memberships = operation({
  operationId: "listMemberships",
  tag: "People",
  method: "get",
  path: "/memberships",
  summary: "Who is signed in, and the accounts that they are in",
  access: person,
  responses: { 200: json(Memberships, "The person and their accounts") },
});

const changeSelf = operation({
  operationId: "changePerson",
  tag: "People",
  method: "patch",
  path: "/person",
  summary: "Choose the language that one is told things in, in all accounts",
  access: person,
  body: jsonBody(PersonChange),
  responses: { 200: json(Person, "As one is now") },
  refuses: [404],
});

const open = operation({
  operationId: "openAccount",
  tag: "People",
  method: "post",
  path: "/accounts",
  summary: "Open an account of tier lite, with its first site",
  access: person,
  body: jsonBody(NewAccount),
  responses: { 201: json(Membership, "Opened; the person is its owner") },
  refuses: [409],
});

const members = operation({
  operationId: "listMembers",
  tag: "People",
  method: "get",
  path: "/members",
  summary: "Who is in the account, and as what",
  access: member("viewer"),
  responses: { 200: json(pageOf("MemberPage", MemberView), "All members") },
});

const memberParam = z.object({ id: Id.of("member") });

const change = operation({
  operationId: "changeMember",
  tag: "People",
  method: "patch",
  path: "/members/{id}",
  summary: "Change a member's role or name; an account always keeps an owner",
  access: member("owner"),
  request: { params: memberParam },
  body: jsonBody(MemberChange),
  responses: { 200: json(MemberView, "As they are now") },
  refuses: [409],
});

const remove = operation({
  operationId: "removeMember",
  tag: "People",
  method: "delete",
  path: "/members/{id}",
  summary: "Remove a member; nothing of theirs is valid from then on",
  access: member("owner"),
  request: { params: memberParam },
  responses: { 204: { description: "Removed" } },
  refuses: [409],
});

const renameSelf = operation({
  operationId: "renameSelf",
  tag: "People",
  method: "patch",
  path: "/membership",
  summary: "Change what one is called in the account",
  access: member("viewer"),
  body: jsonBody(OwnName),
  responses: { 200: json(MemberView, "As one is now") },
});

const leave = operation({
  operationId: "leaveAccount",
  tag: "People",
  method: "delete",
  path: "/membership",
  summary: "Leave the account; nothing of one's own is valid there from then on",
  access: member("viewer"),
  responses: { 204: { description: "Left" } },
  refuses: [409],
});

const invitations = operation({
  operationId: "listInvitations",
  tag: "People",
  method: "get",
  path: "/invitations",
  summary: "Invitations that may still be accepted",
  access: member("owner"),
  responses: { 200: json(pageOf("InvitationPage", InvitationView), "All of them") },
});

const add = operation({
  operationId: "addInvitation",
  tag: "People",
  method: "post",
  path: "/invitations",
  summary: "Invite somebody; the answer holds the link, once, which is good for one person and seven days",
  access: member("owner"),
  around: unstored,
  idempotency: "required",
  body: jsonBody(InvitationInput),
  responses: { 201: json(InvitationWithLink, "Made") },
});

const revoke = operation({
  operationId: "revokeInvitation",
  tag: "People",
  method: "delete",
  path: "/invitations/{id}",
  summary: "Take an invitation back at once",
  access: member("owner"),
  request: { params: z.object({ id: Id.of("invitation") }) },
  responses: { 204: { description: "Taken back" } },
});

const show = operation({
  operationId: "showInvitation",
  tag: "People",
  method: "post",
  path: "/invitations/shown",
  summary: "What a link invites to",
  access: person,
  body: jsonBody(InvitationToken),
  responses: { 200: json(InvitationShown, "What it invites to") },
  refuses: [404],
});

const accept = operation({
  operationId: "acceptInvitation",
  tag: "People",
  method: "post",
  path: "/invitations/accepted",
  summary: "Become a member by a link, once",
  access: person,
  body: jsonBody(InvitationAcceptance),
  responses: { 201: json(Membership, "A member now") },
  refuses: [404, 409],
});

const tokens = operation({
  operationId: "listTokens",
  tag: "People",
  method: "get",
  path: "/tokens",
  summary: "One's own tokens; an owner sees everybody's",
  access: member("viewer"),
  responses: { 200: json(pageOf("TokenPage", TokenView), "All of them, newest first") },
});

const issue = operation({
  operationId: "addToken",
  tag: "People",
  method: "post",
  path: "/tokens",
  summary: "Make a token for programs of one's own; the answer holds it, once",
  access: signedInMember("viewer"),
  around: unstored,
  idempotency: "required",
  body: jsonBody(TokenInput),
  responses: { 201: json(TokenWithKey, "Made") },
});

const withdraw = operation({
  operationId: "revokeToken",
  tag: "People",
  method: "delete",
  path: "/tokens/{id}",
  summary: "Revoke a token at once",
  access: member("viewer"),
  // One's own or, for an owner, anybody's: others answer as missing ones do.
  request: { params: z.object({ id: z.string().max(100).meta({ example: "key_…" }) }) },
  responses: { 204: { description: "Revoked" } },
  refuses: [404],
});

const audit = operation({
  operationId: "listAudit",
  tag: "People",
  method: "get",
  path: "/audit",
  summary: "What was done in the account and by whom, newest first",
  access: member("member"),
  request: { query: PageQuery },
  responses: { 200: json(pageOf("AuditPage", AuditEntry), "A page") },
});

export function peopleRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(memberships, (c) => c.json(c.var.person, 200));
  routes.openapi(changeSelf, async (c) => {
    const { database } = c.var.services;
    return c.json(await SignIn.changePerson(database, c.var.person.person, c.req.valid("json")), 200);
  });
  routes.openapi(open, async (c) =>
    c.json(await openAccount(c.var.services, c.var.person, c.req.valid("json")), 201),
  );
  routes.openapi(members, async (c) =>
    c.json({ items: await listMembers(c.var.services, c.var.member.accountId), nextCursor: null }, 200),
  );
  routes.openapi(change, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(await changeMember(c.var.services, c.var.member, id, c.req.valid("json")), 200);
  });
  routes.openapi(remove, async (c) => {
    await removeMember(c.var.services, c.var.member, c.req.valid("param").id);
    return c.body(null, 204);
  });
  routes.openapi(renameSelf, async (c) =>
    c.json(await rename(c.var.services, c.var.member, c.req.valid("json").name), 200),
  );
  routes.openapi(leave, async (c) => {
    await leaveAccount(c.var.services, c.var.member);
    return c.body(null, 204);
  });
  routes.openapi(audit, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const { accountId } = c.var.member;
    const before = parseCursor("audit", cursor);
    return c.json(await listAudit(c.var.services, { accountId, limit, before }), 200);
  });
  addInvitations(routes);
  addTokens(routes);
  return routes;
}

function addInvitations(routes: OpenAPIHono<Env>): void {
  // Before `/invitations/{id}`.
  routes.openapi(show, async (c) =>
    c.json(await showInvitation(c.var.services, c.req.valid("json").token), 200),
  );
  routes.openapi(accept, async (c) =>
    c.json(await acceptInvitation(c.var.services, c.var.person, c.req.valid("json")), 201),
  );
  routes.openapi(invitations, async (c) =>
    c.json({ items: await listInvitations(c.var.services, c.var.member.accountId), nextCursor: null }, 200),
  );
  routes.openapi(add, async (c) =>
    c.json(await invite(c.var.services, c.var.member, c.req.valid("json")), 201),
  );
  routes.openapi(revoke, async (c) => {
    await revokeInvitation(c.var.services, c.var.member, c.req.valid("param").id);
    return c.body(null, 204);
  });
}

function addTokens(routes: OpenAPIHono<Env>): void {
  routes.openapi(tokens, async (c) =>
    c.json({ items: await listTokens(c.var.services, c.var.member), nextCursor: null }, 200),
  );
  routes.openapi(issue, async (c) =>
    c.json(await addToken(c.var.services, c.var.member, c.req.valid("json")), 201),
  );
  routes.openapi(withdraw, async (c) => {
    await revokeToken(c.var.services, c.var.member, c.req.valid("param").id);
    return c.body(null, 204);
  });
}
