/** Multipart events: one part `event` with the JSON, and one part per image, its filename the evidence name. */
import type { EventInput } from "@vigil/core/event/wire";
import type { Image } from "@vigil/core/flow";
import type { Context } from "hono";
import type { Env } from "./context.ts";
import { parseJson } from "./middleware.ts";
import { isForm, readForm } from "./multipart/index.ts";

export function isMultipart(c: Context<Env>): boolean {
  return isForm(c.req.header("content-type") ?? "");
}

/** Reads the whole body and inspects every image before anything is stored. @throws what `readForm` throws */
export async function readMultipart(
  c: Context<Env>,
  parseEvent: (value: unknown) => EventInput,
): Promise<{ event: EventInput; images: Image[] }> {
  const body = new Uint8Array(await c.req.arrayBuffer());
  return readForm(c.req.header("content-type") ?? "", body, (text) => parseEvent(parseJson(text)));
}
