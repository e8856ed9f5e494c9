/**
 * Shelly's devices of the second generation and later: JSON-RPC over a WebSocket at `/rpc`. Whoever has asked something there is told
 * what changes (`NotifyStatus`) and what happens (`NotifyEvent`). https://shelly-api-docs.shelly.cloud/gen2/General/Notifications
 */
import { createHash, randomInt } from "node:crypto";
import { once } from "node:events";
import { WebSocket } from "ws";
import * as z from "zod";
import type { Credentials } from "../access/digest-access.ts";
import type { Follow } from "./follow.ts";
import { watchSilence } from "./watch-silence.ts";

type OnState = Parameters<Follow>[1];

const Components = z.record(z.string().max(100), z.unknown());
const Component = z.record(z.string().max(100), z.unknown());
const Happened = z.object({
  events: z.array(z.object({ component: z.string().max(100), event: z.string().max(100) })).max(100),
});
const Frame = z.object({
  method: z.string().max(100).optional(),
  params: z.unknown().optional(),
  result: Components.optional(),
  error: z.object({ code: z.number(), message: z.string().max(2_000) }).optional(),
});
const Challenge = z.object({
  realm: z.string().max(200),
  nonce: z.union([z.number(), z.string().max(200)]),
  algorithm: z.literal("SHA-256"),
});

const messageBytesMax = 64 * 1024;
const pingMs = 20_000;
const silentMsMax = 60_000;
const refused = 401;
const statusMethods: ReadonlySet<string> = new Set(["NotifyStatus", "NotifyFullStatus"]);

/** Everything that is true or false in the components, by names such as `smoke:0.alarm`. */
function tellStates(components: unknown, onState: OnState): void {
  const all = Components.safeParse(components);
  for (const [name, status] of Object.entries(all.data ?? {})) {
    const fields = Component.safeParse(status);
    for (const [field, value] of Object.entries(fields.data ?? {})) {
      if (typeof value === "boolean") onState(`${name}.${field}`, value);
    }
  }
}

/** What happens has no end of its own: a button that is pressed, by names such as `input:0.single_push`. */
function tellHappened(params: unknown, onState: OnState): void {
  for (const { component, event } of Happened.safeParse(params).data?.events ?? []) {
    onState(`${component}.${event}`, true);
    onState(`${component}.${event}`, false);
  }
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/** RFC 7616 as Shelly has it: the request's method and address are constants. @throws where it asks for another way */
function answerChallenge(message: string, { username, password }: Credentials, clientNonce: number) {
  const challenge = Challenge.parse(JSON.parse(message));
  const { realm, nonce, algorithm } = challenge;
  const [secret, request] = [hash(`${username}:${realm}:${password}`), hash("dummy_method:dummy_uri")];
  const response = hash(`${secret}:${nonce}:1:${clientNonce}:auth:${request}`);
  return { realm, username, nonce, cnonce: clientNonce, response, algorithm };
}

function readFrame(text: string): z.infer<typeof Frame> | undefined {
  try {
    return Frame.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export const followShelly: Follow = async ({ url, credentials }, onState, signal) => {
  const address = new URL("rpc", url.endsWith("/") ? url : `${url}/`);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const silence = watchSilence(silentMsMax);
  const ended = AbortSignal.any([signal, silence.signal]);
  const socket = new WebSocket(address, { maxPayload: messageBytesMax, handshakeTimeout: silentMsMax });
  const abort = () => socket.terminate();
  ended.addEventListener("abort", abort);
  if (ended.aborted) abort();
  const pings = setInterval(() => socket.readyState === WebSocket.OPEN && socket.ping(), pingMs);
  let failure: Error | undefined;
  const fail = (why: string) => {
    failure ??= new Error(why);
    socket.terminate();
  };
  const request = (auth?: object) =>
    socket.send(JSON.stringify({ id: 1, src: "vigil", method: "Shelly.GetStatus", ...(auth && { auth }) }));
  let hasShownPassword = false;

  function take(text: string): void {
    const frame = readFrame(text);
    if (!frame) return;
    if (frame.error?.code === refused) {
      if (!credentials || hasShownPassword) return fail("the name or the password in its address is wrong");
      hasShownPassword = true;
      return request(answerChallenge(frame.error.message, credentials, randomInt(2 ** 31)));
    }
    if (frame.error) return fail(`it answered ${frame.error.code}: ${frame.error.message}`);
    if (frame.result) tellStates(frame.result, onState);
    if (statusMethods.has(frame.method ?? "")) tellStates(frame.params, onState);
    if (frame.method === "NotifyEvent") tellHappened(frame.params, onState);
  }

  socket.on("open", () => request());
  socket.on("pong", () => silence.heard());
  socket.on("error", (error) => (failure ??= error));
  socket.on("message", (data: Buffer) => {
    silence.heard();
    try {
      take(data.toString());
    } catch (error) {
      fail(`what it asks for is not known here: ${String(error)}`);
    }
  });
  try {
    await once(socket, "close");
    throw failure ?? (ended.reason instanceof Error ? ended.reason : new Error("it ended the connection"));
  } finally {
    silence.stop();
    clearInterval(pings);
    ended.removeEventListener("abort", abort);
  }
};
