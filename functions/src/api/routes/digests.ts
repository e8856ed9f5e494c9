/** Digests: what subscribers came for. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { Overnight } from "@vigil/core/account/wire";
import {
  Correction,
  DigestFilter,
  DigestView,
  InboxDigest,
  ReadingInput,
  ReadUpTo,
  UnreadCount,
} from "@vigil/core/digest/wire";
import {
  correctDigest,
  countUnread,
  getDigest,
  getOvernight,
  listDigests,
  markReading,
  markReadUpTo,
  searchDigests,
} from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { parseCursor } from "@vigil/core/page";
import { SearchPage } from "@vigil/core/search/wire";
import * as z from "zod";
import { member } from "../access.ts";
import { jsonBody } from "../body.ts";
import type { Env } from "../context.ts";
import { answerLanguage } from "../language.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, PageQuery, pageOf } from "../schema.ts";

const list = operation({
  operationId: "listDigests",
  tag: "Digests",
  method: "get",
  path: "/digests",
  summary: "Digests of the account that match the filter, newest first",
  access: member("viewer"),
  request: { query: PageQuery.extend(DigestFilter.shape) },
  responses: { 200: json(pageOf("DigestPage", InboxDigest), "A page of digests") },
});

const unread = operation({
  operationId: "countUnread",
  tag: "Digests",
  method: "get",
  path: "/digests/unread",
  summary: "How many digests who asks has not read",
  access: member("viewer"),
  responses: { 200: json(UnreadCount, "How many, counted up to a bound") },
});

const reading = operation({
  operationId: "markReading",
  tag: "Digests",
  method: "put",
  path: "/digests/{id}/reading",
  summary: "Say that you have read a digest, or call it unread again; others do not see it",
  access: member("viewer"),
  body: jsonBody(ReadingInput),
  request: { params: z.object({ id: Id.of("digest") }) },
  responses: { 204: { description: "Noted" } },
});

const readUpTo = operation({
  operationId: "markReadUpTo",
  tag: "Digests",
  method: "post",
  path: "/digests/read",
  summary: "Say that you have read all digests that were there when this one came",
  access: member("viewer"),
  body: jsonBody(ReadUpTo),
  responses: { 204: { description: "Noted" } },
  refuses: [404],
});

const overnight = operation({
  operationId: "getOvernight",
  tag: "Digests",
  method: "get",
  path: "/digests/overnight",
  summary: "What happened in the quiet hours that began last; 404 while the account has none",
  access: member("viewer"),
  responses: { 200: json(Overnight, "The morning summary") },
  refuses: [404],
});

const search = operation({
  operationId: "searchDigests",
  tag: "Digests",
  method: "get",
  path: "/search",
  summary: "Ask for digests in words: `person at the back door last night`",
  description:
    "Times are read by the account's time zone: `yesterday evening`, `since Friday`, `between 2 and 4`, `20 November`, `in the last two hours`. The rest is looked for in what digests say, what was seen, and where; all of it must be found.",
  access: member("viewer"),
  request: {
    query: PageQuery.extend(DigestFilter.shape).extend({
      q: z.string().trim().min(1).max(200).meta({ example: "person at the back door last night" }),
    }),
  },
  responses: { 200: json(SearchPage, "The digests, and how the question was understood") },
});

const one = operation({
  operationId: "getDigest",
  tag: "Digests",
  method: "get",
  path: "/digests/{id}",
  summary: "One digest with its evidence; picture URLs live at most 60 s",
  access: member("viewer"),
  request: { params: z.object({ id: Id.of("digest") }) },
  responses: { 200: json(DigestView, "The digest") },
});

const correct = operation({
  operationId: "correctDigest",
  tag: "Digests",
  method: "put",
  path: "/digests/{id}/corrections",
  summary: "Say what something in a digest really is: it is put into words, and judged, anew",
  description:
    "What detectors called `label` is what `is` says, in all pictures of this digest; null: it is nothing. What rules said of its events stays. It is no news to whoever has read it, and nobody is told again.",
  access: member("member"),
  request: { params: z.object({ id: Id.of("digest") }) },
  body: jsonBody(Correction),
  responses: { 200: json(DigestView, "The digest as it says it now") },
});

export function digestRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(list, async (c) => {
    const { accountId, actor: memberId } = c.var.member;
    const { cursor, ...asked } = c.req.valid("query");
    const page = { ...asked, before: parseCursor("digest", cursor) };
    return c.json(
      await listDigests(c.var.services, { accountId, memberId, language: answerLanguage(c), ...page }),
      200,
    );
  });
  routes.openapi(unread, async (c) => c.json(await countUnread(c.var.services, c.var.member), 200));
  routes.openapi(readUpTo, async (c) => {
    await markReadUpTo(c.var.services, c.var.member, c.req.valid("json").upTo);
    return c.body(null, 204);
  });
  routes.openapi(reading, async (c) => {
    const wish = { digestId: c.req.valid("param").id, isRead: c.req.valid("json").read };
    await markReading(c.var.services, c.var.member, wish);
    return c.body(null, 204);
  });
  routes.openapi(overnight, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getOvernight(c.var.services, { accountId, language: answerLanguage(c) }), 200);
  });
  routes.openapi(search, async (c) => {
    const { accountId, actor: memberId } = c.var.member;
    const { q: question, cursor, ...asked } = c.req.valid("query");
    const page = { ...asked, before: parseCursor("digest", cursor) };
    return c.json(
      await searchDigests(c.var.services, {
        accountId,
        memberId,
        language: answerLanguage(c),
        question,
        ...page,
      }),
      200,
    );
  });
  routes.openapi(correct, async (c) => {
    const wish = { digestId: c.req.valid("param").id, language: answerLanguage(c), ...c.req.valid("json") };
    return c.json(await correctDigest(c.var.services, c.var.member, wish), 200);
  });
  routes.openapi(one, async (c) => {
    const { accountId } = c.var.member;
    return c.json(
      await getDigest(c.var.services, {
        accountId,
        language: answerLanguage(c),
        id: c.req.valid("param").id,
      }),
      200,
    );
  });
  return routes;
}
