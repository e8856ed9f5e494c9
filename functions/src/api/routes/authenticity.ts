/** What can be said of whether a text or a picture is what it claims to be: asked, followed, listed, counted, exported. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import {
  BatchResult,
  BatchResults,
  CheckBatch,
  CheckDashboard,
  CheckKind,
  CheckView,
  Evaluation,
  GeneratedStatus,
  TextInput,
  UrlInput,
} from "@vigil/core/check/wire";
import {
  type CheckTools,
  checkBatch,
  checkFile,
  checkText,
  checkUrl,
  exportChecks,
  followBatch,
  getCheck,
  getDashboard,
  getEvaluation,
  listChecks,
} from "@vigil/core/checks";
import * as Id from "@vigil/core/id";
import { check as limits } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import { text } from "@vigil/core/text";
import { streamSSE } from "hono/streaming";
import * as z from "zod";
import { member } from "../access.ts";
import { jsonBody, ownBody } from "../body.ts";
import { writeChecksCsv } from "../checks-csv.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";
import { json, PageQuery, pageOf } from "../schema.ts";

const tag = "Authenticity";
const asking = { tag, method: "post", access: member("member"), idempotency: "optional" } as const;
const pays =
  "It costs points of the account's day, which are given back when it fails; `RateLimit` says what is left, and a refusal when to ask again.";
const batchBody = jsonBody(CheckBatch, { bytesMax: limits.batchBytesMax, charsMax: limits.batchBytesMax });

const ofText = operation({
  ...asking,
  operationId: "checkText",
  path: "/authenticity/text",
  summary: "Check a text",
  description: pays,
  body: jsonBody(TextInput, { bytesMax: limits.textJsonBytesMax, charsMax: limits.textCharsMax }),
  responses: { 200: json(CheckView, "What can be said of it") },
  refuses: [429],
});

const binary = z.unknown().meta({ type: "string", format: "binary" });
const contentTypes = {
  image: ["image/jpeg", "image/png", "image/webp"],
  audio: ["audio/wav", "audio/mpeg", "audio/flac", "audio/ogg", "audio/mp4"],
  video: ["video/mp4", "video/quicktime", "video/webm"],
} as const;
type FileKind = keyof typeof contentTypes;

const fileOf = (kind: FileKind) => ({
  ...asking,
  path: `/authenticity/${kind}` as const,
  description: `The body is the file, of up to ${limits.fileBytesMax} bytes. ${pays}`,
  body: ownBody(
    Object.fromEntries(contentTypes[kind].map((type) => [type, { schema: binary }])),
    limits.fileBytesMax,
  ),
  request: {
    query: z.object({
      name: text().max(limits.nameCharsMax).optional().describe("What the file is called; it is not kept"),
      label: text()
        .min(1)
        .max(limits.labelCharsMax)
        .optional()
        .describe("Yours, to know it again by; it is kept"),
    }),
  },
  responses: { 200: json(CheckView, "What can be said of it") },
  refuses: [422, 429],
});

const ofImage = operation({ ...fileOf("image"), operationId: "checkImage", summary: "Check a picture" });
const ofAudio = operation({
  ...fileOf("audio"),
  operationId: "checkAudio",
  summary: "Check a sound recording",
});
const ofVideo = operation({ ...fileOf("video"), operationId: "checkVideo", summary: "Check a video" });

const ofUrl = operation({
  ...asking,
  operationId: "checkUrl",
  path: "/authenticity/url",
  summary: "Check the picture or the plain text that stands at a public address",
  description: `Fetched once, without following redirects, in ${limits.fetchMsMax / 1000} s at most. The address is not kept. ${pays}`,
  body: jsonBody(UrlInput),
  responses: { 200: json(CheckView, "What can be said of it") },
  refuses: [422, 429],
});

const ofBatch = operation({
  ...asking,
  operationId: "checkBatch",
  path: "/authenticity/batch",
  summary: "Check many at once; answered in their order when all have ended",
  description: `Up to ${limits.batchItemsMax} items, some at once. Refused as a whole where points do not suffice for all. ${pays}`,
  body: batchBody,
  responses: { 200: json(BatchResults, "What became of each item") },
  refuses: [429],
});

const following = operation({
  tag,
  method: "post",
  access: member("member"),
  operationId: "followChecks",
  path: "/authenticity/stream",
  summary: "Check many at once; each is told as it ends, as server-sent events",
  description: `As a batch: an event \`result\` for each item, then one \`end\`. Who goes away ends it: what was not begun costs nothing. ${pays}`,
  body: batchBody,
  responses: {
    200: {
      description: "The stream; the schema is that of each `result`",
      content: { "text/event-stream": { schema: BatchResult } },
    },
  },
  refuses: [429],
});

const filters = { kind: CheckKind.optional(), status: GeneratedStatus.optional() };

const history = operation({
  tag,
  method: "get",
  access: member("viewer"),
  operationId: "listChecks",
  path: "/authenticity/history",
  summary: "What was checked, the newest first",
  request: { query: PageQuery.extend(filters) },
  responses: { 200: json(pageOf("CheckPage", CheckView), "A page of checks") },
});

const one = operation({
  tag,
  method: "get",
  access: member("viewer"),
  operationId: "getCheck",
  path: "/authenticity/history/{id}",
  summary: "One check",
  request: { params: z.object({ id: Id.of("check") }) },
  responses: { 200: json(CheckView, "The check") },
});

const dashboard = operation({
  tag,
  method: "get",
  access: member("viewer"),
  operationId: "getChecksDashboard",
  path: "/authenticity/dashboard",
  summary: "How much was checked, what came of it, and how many points are left today",
  request: {
    query: z.object({
      days: z.coerce
        .number()
        .int()
        .min(1)
        .max(limits.daysMax)
        .default(limits.daysDefault)
        .meta({ example: limits.daysDefault }),
    }),
  },
  responses: { 200: json(CheckDashboard, "The overview") },
});

const evaluation = operation({
  tag,
  method: "get",
  access: member("viewer"),
  operationId: "getChecksEvaluation",
  path: "/authenticity/evaluation",
  summary: "How often answers are wrong, where that was measured",
  responses: { 200: json(Evaluation, "What was measured") },
});

const exporting = operation({
  tag,
  method: "get",
  access: member("member"),
  operationId: "exportChecks",
  path: "/authenticity/export",
  summary: "What was checked, as a file",
  description: `The newest ${limits.exportedMax} that match. It is noted in the audit trail.`,
  request: { query: z.object({ format: z.enum(["csv", "json"]).default("csv"), ...filters }) },
  responses: {
    200: {
      description: "The file",
      content: {
        "text/csv": { schema: z.string() },
        "application/json": { schema: z.array(CheckView).meta({ id: "CheckExport" }) },
      },
    },
  },
});

export function authenticityRoutes(tools: CheckTools): OpenAPIHono<Env> {
  const routes = createRouter();
  addOne(routes, tools);
  addMany(routes, tools);
  routes.openapi(history, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await listChecks(c.var.services, { accountId, ...c.req.valid("query") }), 200);
  });
  routes.openapi(one, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getCheck(c.var.services, { accountId, id: c.req.valid("param").id }), 200);
  });
  routes.openapi(dashboard, async (c) => {
    const { accountId } = c.var.member;
    return c.json(await getDashboard(c.var.services, { accountId, ...c.req.valid("query") }), 200);
  });
  routes.openapi(evaluation, (c) => c.json(getEvaluation(tools), 200));
  routes.openapi(exporting, async (c) => {
    const { format, ...filter } = c.req.valid("query");
    const checks = await exportChecks(c.var.services, c.var.member, filter);
    c.header("Content-Disposition", `attachment; filename="checks.${format}"`);
    if (format === "json") return c.json(checks, 200);
    return c.body(writeChecksCsv(checks), 200, { "Content-Type": "text/csv; charset=utf-8" });
  });
  return routes;
}

function addOne(routes: OpenAPIHono<Env>, tools: CheckTools): void {
  routes.openapi(ofText, async (c) => {
    const { check, headers } = await checkText(c.var.services, tools, c.var.member, c.req.valid("json"));
    return c.json(check, 200, headers);
  });
  for (const [kind, declared] of [
    ["image", ofImage],
    ["audio", ofAudio],
    ["video", ofVideo],
  ] as const) {
    routes.openapi(declared, async (c) => {
      assertType(kind, c.req.header("content-type") ?? "none");
      const { name = "", label } = c.req.valid("query");
      const file = { kind, bytes: new Uint8Array(await c.req.arrayBuffer()), name, label };
      const { check, headers } = await checkFile(c.var.services, tools, c.var.member, file);
      return c.json(check, 200, headers);
    });
  }
  routes.openapi(ofUrl, async (c) => {
    const { check, headers } = await checkUrl(c.var.services, tools, c.var.member, c.req.valid("json"));
    return c.json(check, 200, headers);
  });
}

function addMany(routes: OpenAPIHono<Env>, tools: CheckTools): void {
  routes.openapi(ofBatch, async (c) => {
    const batch = { ...c.req.valid("json"), requestId: c.var.requestId };
    const { headers, ...results } = await checkBatch(c.var.services, tools, c.var.member, batch);
    return c.json(results, 200, headers);
  });
  routes.openapi(following, async (c) => {
    const { services, requestId } = c.var;
    const batch = { ...c.req.valid("json"), requestId };
    const { headers, results } = await followBatch(services, tools, c.var.member, batch);
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    // Proxies that gather answers would hold events back.
    c.header("X-Accel-Buffering", "no");
    return streamSSE(c, async (stream) => {
      try {
        for await (const result of results) {
          if (stream.aborted) break;
          await stream.writeSSE({ event: "result", id: String(result.index), data: JSON.stringify(result) });
        }
        await stream.writeSSE({ event: "end", data: "{}" });
      } catch (error) {
        services.log.warn({ err: error, requestId }, "a stream of checks broke off");
      }
    });
  });
}

/** A type that is told is the client's guess: which kind of file it is, its bytes say. */
function assertType(kind: FileKind, type: string): void {
  if (type.startsWith(`${kind}/`) || /^(application\/octet-stream|video\/mp4)\b/i.test(type)) return;
  throw problem(
    "unsupported-media-type",
    `expected Content-Type: ${contentTypes[kind].join(", ")} and the file as the body (with curl: --data-binary @file), got ${type.slice(0, 100)}`,
  );
}
