/**
 * ESPHome's event source: `/events` of a node with `web_server:`, server-sent events of which `state` tells an entity, at first all of
 * them. https://esphome.io/web-api/
 */
import { createParser } from "eventsource-parser";
import * as z from "zod";
import { ask } from "../access/ask.ts";
import type { Follow } from "./follow.ts";
import { watchSilence } from "./watch-silence.ts";

const State = z.object({
  id: z.string().max(200),
  state: z.string().max(200).optional(),
  value: z.unknown().optional(),
});

/** A node pings every 10 or 30 s. */
const silentMsMax = 90_000;
/** A message is a few hundred bytes. */
const messageBytesMax = 64 * 1024;

/** Undefined: neither on nor off, such as a temperature. */
function readState(data: string): { name: string; isOn: boolean } | undefined {
  let said: unknown;
  try {
    said = JSON.parse(data);
  } catch {
    return undefined;
  }
  const { success, data: entity } = State.safeParse(said);
  if (!success) return undefined;
  const { id, value, state } = entity;
  const isOn = value === true || state === "ON";
  return isOn || value === false || state === "OFF" ? { name: id, isOn } : undefined;
}

export const followEspHome: Follow = async ({ url, credentials }, onState, signal) => {
  const silence = watchSilence(silentMsMax);
  try {
    const events = new URL("events", url.endsWith("/") ? url : `${url}/`);
    const response = await ask({ url: events.href, credentials }, AbortSignal.any([signal, silence.signal]));
    let bytes = 0;
    const parser = createParser({
      onEvent({ event, data }) {
        bytes = 0;
        const said = event === "state" ? readState(data) : undefined;
        if (said) onState(said.name, said.isOn);
      },
    });
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) {
      silence.heard();
      bytes += piece.byteLength;
      parser.feed(decoder.decode(piece, { stream: true }));
      if (bytes > messageBytesMax) throw new RangeError(`it sent ${bytes} bytes that are no message`);
    }
    throw new Error("it ended the stream");
  } finally {
    silence.stop();
  }
};
