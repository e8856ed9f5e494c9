/** Multipart events: one part `event` with the JSON, and one part per image, its filename the evidence name. */
import { EventInput } from "@vigil/core/event/wire";
import type { Image } from "@vigil/core/flow";
import type { Context } from "hono";
import { matched, parseBounded } from "./body.ts";
import { readForm } from "./multipart/index.ts";

/**
 * Reads the whole body and inspects every image before anything is stored.
 * @throws what `readForm` throws, and what the event as JSON is refused with
 */
export async function readMultipart(c: Context): Promise<{ event: EventInput; images: Image[] }> {
  const body = new Uint8Array(await c.req.arrayBuffer());
  const contentType = c.req.header("content-type") ?? "";
  return readForm(contentType, body, (text) => matched(EventInput, parseBounded(text)));
}
