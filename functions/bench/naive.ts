/** The naive intake behind a plain Hono app. */
import { EventBatch, EventInput } from "@vigil/core/event/wire";
import { Hono } from "hono";
import type { NaiveIntake } from "../../packages/core/bench/naive-intake.ts";

export function createNaive({ accept }: Pick<NaiveIntake, "accept">): Hono {
  const app = new Hono();
  const keyOf = (header: string | undefined) => (header ?? "").replace(/^Bearer /, "");
  app.post("/v1/events", async (c) => {
    const input = EventInput.parse(await c.req.json());
    return c.json(await accept(keyOf(c.req.header("authorization")), input), 202);
  });
  app.post("/v1/events/batch", async (c) => {
    const { events } = EventBatch.parse(await c.req.json());
    const key = keyOf(c.req.header("authorization"));
    const items = [];
    for (const input of events) items.push({ status: 202, event: await accept(key, input) });
    return c.json({ items });
  });
  return app;
}
