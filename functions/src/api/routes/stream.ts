/** What happens in the account, as it happens: server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { followStream, type StreamPart } from "@vigil/core/flow";
import { StreamEntry } from "@vigil/core/stream/wire";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import * as z from "zod";
import { member } from "../access.ts";
import type { Env } from "../context.ts";
import { operation } from "../operation.ts";
import { createRouter } from "../router.ts";

const follow = operation({
  operationId: "followStream",
  tag: "Digests",
  method: "get",
  path: "/digests/stream",
  summary: "What happens in the account, as server-sent events",
  description:
    "Digests, addenda, life-safety assessments, reviews that move, sessions that open, devices that fall silent: the event's name is the kind, its data a `StreamEntry`, its id a number that only grows. A client that comes back with `Last-Event-ID` misses nothing and gets nothing twice; after more than a day away it gets an event `reset` and reads the lists anew. A comment every 15 s shows that the stream lives. It ends with the right to it, within a second or so, and by itself after two minutes: come back with the last id, as every EventSource does.",
  access: member("viewer"),
  request: {
    query: z.object({
      lastEventId: z.coerce
        .number()
        .int()
        .min(0)
        .optional()
        .meta({ description: "For clients that cannot set the header `Last-Event-ID`" }),
    }),
  },
  responses: {
    200: {
      description: "The stream; the schema is that of each event's data",
      content: { "text/event-stream": { schema: StreamEntry } },
    },
  },
});

export function streamRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  routes.openapi(follow, (c) => {
    const { accountId, actor: memberId, keyId } = c.var.member;
    const follower = { accountId, memberId, keyId };
    const header = /^\d{1,15}$/.exec(c.req.header("last-event-id") ?? "")?.[0];
    const after = header === undefined ? c.req.valid("query").lastEventId : Number(header);
    const { services } = c.var;
    // Proxies that gather answers would hold events back.
    c.header("X-Accel-Buffering", "no");
    return streamSSE(c, async (stream) => {
      const closing = new AbortController();
      stream.onAbort(() => closing.abort());
      try {
        for await (const part of followStream(services, { follower, after, signal: closing.signal })) {
          await write(stream, part);
        }
      } catch (error) {
        // The answer has begun: what is left is to end it. The follower comes back with its last id.
        services.log.warn({ err: error }, "a stream broke off");
      }
    });
  });
  return routes;
}

async function write(stream: SSEStreamingApi, part: StreamPart): Promise<void> {
  if (part.kind === "heartbeat") {
    await stream.write(": alive\n\n");
    return;
  }
  if (part.kind !== "entry") {
    const id = String(part.after);
    await stream.writeSSE({
      event: part.kind,
      data: "{}",
      id,
      ...(part.kind === "start" && { retry: 2_000 }),
    });
    return;
  }
  const { number, kind, subject, at, detail } = part.entry;
  const data = JSON.stringify({ kind, subject, at: at.toISOString(), detail });
  await stream.writeSSE({ id: String(number), event: kind, data });
}
