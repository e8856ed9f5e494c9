/**
 * The WebSocket listener, for devices and programs that would rather not speak raw TCP. A text message is either
 * packets of the protocol, or one JSON object; each is answered once it was judged, so that its sender can forget it.
 *
 *     {"id": "7", "type": "sensor", "adc1": 269, "adc2": 1296, "adc3": 1, "digital": 0}
 *     {"ack": "7", "ok": true}          {"ack": "8", "ok": false, "error": "value"}
 */
import { createServer, type IncomingMessage } from "node:http";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import * as z from "zod";
import type { Connection } from "./connection.ts";
import {
  addressOf,
  bindTo,
  createAllowList,
  type Listener,
  type ListenOptions,
  plainAddress,
  whyNot,
} from "./listen.ts";

const messageBytesMax = 64 * 1024;
const pingMs = 15_000;

const raw = z.number().min(0).max(4_095);
const name = z
  .string()
  .regex(/^[^#!\r\n:]{1,64}$/, "expected 1 to 64 characters, none of # ! : and line ends");
const digits = z.string().regex(/^[0-9A-Fa-f ]{3072,5000}$/, "expected hexadecimal digits");
const id = z.union([z.string().max(64), z.int()]).optional();
const Message = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("hello"), id, serial: name.optional(), location: name.optional() }),
  z.strictObject({
    type: z.literal("sensor"),
    id,
    adc1: raw.optional(),
    adc2: raw.optional(),
    adc3: raw.optional(),
    digital: z.union([z.literal(0), z.literal(1)]).optional(),
  }),
  z.strictObject({ type: z.literal("frame"), id, hex: digits }),
  z.strictObject({ type: z.literal("eeprom"), id, hex: digits }),
]);
type Message = z.infer<typeof Message>;

export type WebSocketListenOptions = ListenOptions & { port: number };

/** Rejects when the port cannot be had. */
export async function listenWebSocket(options: WebSocketListenOptions): Promise<Listener> {
  const { config } = options;
  const mayConnect = createAllowList(config.allow);
  const server = createServer((_request, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({ server, maxPayload: messageBytesMax, perMessageDeflate: false });

  sockets.on("connection", (socket, request) => {
    socket.on("error", () => socket.terminate());
    const address = plainAddress(request.socket.remoteAddress);
    const why = whyNot(address, mayConnect, options.countOpen(), config.connectionsMax);
    if (why !== undefined) {
      socket.close(1008, why);
      options.refused(address, why);
      return;
    }
    const connection = options.open({
      address,
      transport: "websocket",
      token: config.token,
      write: (text) => socket.readyState === socket.OPEN && (socket.send(text), true),
      destroy: () => socket.close(1008, "refused"),
    });
    const given = bearerOf(request);
    if (given !== undefined) connection.push(packet("token", given));
    socket.on("message", (data, isBinary) =>
      answer(socket, connection, isBinary ? undefined : bytesOf(data)),
    );
    socket.on("close", () => options.ended(connection));
  });

  const asked = new WeakSet<WebSocket>();
  const pinging = setInterval(() => ping(sockets, asked), pingMs);
  pinging.unref();
  await bindTo(server, config.host, options.port);
  return {
    address: addressOf(server),
    async close() {
      clearInterval(pinging);
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What a message added to the connection's malformed packets decides its answer. */
function answer(socket: WebSocket, connection: Connection, bytes: Buffer | undefined): void {
  const { id: ack, packets, error } = bytes ? toPackets(bytes) : { packets: [], error: "a binary message" };
  const before = connection.malformed;
  for (const one of packets) connection.push(one);
  const malformed = connection.malformed - before;
  const why = error ?? (malformed > 0 ? `${malformed} malformed` : undefined);
  if (socket.readyState !== socket.OPEN) return;
  const named = ack === undefined ? {} : { ack };
  socket.send(JSON.stringify({ ...named, ok: why === undefined, ...(why ? { error: why } : {}) }));
}

function toPackets(bytes: Buffer): { id?: string | number | undefined; packets: Buffer[]; error?: string } {
  if (bytes[0] !== 0x7b) return { packets: [bytes] };
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    return { packets: [], error: "no JSON" };
  }
  const parsed = Message.safeParse(value);
  if (parsed.success) return { id: parsed.data.id, packets: render(parsed.data) };
  const given = z.object({ id }).safeParse(value);
  return { id: given.data?.id, packets: [], error: z.prettifyError(parsed.error) };
}

/** The same packets that a device sends by TCP: they are read in one place. */
function render(message: Message): Buffer[] {
  if (message.type === "hello") {
    const { serial, location } = message;
    return [
      ...(serial ? [packet("serialno", serial)] : []),
      ...(location ? [packet("locid", location)] : []),
    ];
  }
  if (message.type !== "sensor") return [packet(message.type, message.hex)];
  const { adc1, adc2, adc3, digital } = message;
  const values = Object.entries({ ADC1: adc1, ADC2: adc2, ADC3: adc3, DIO: digital }).filter(
    ([, value]) => value !== undefined,
  );
  return [packet("Sensor", values.map(([key, value]) => `${key}=${value}`).join(","))];
}

function packet(kind: string, data: string): Buffer {
  return Buffer.from(`#${kind}:${data}!`);
}

function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer ([^#!\s]+)$/i.exec(request.headers.authorization ?? "")?.[1];
}

function bytesOf(data: RawData): Buffer {
  return Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
}

/** Ends those that did not answer the ping before, which are in `asked`. */
function ping(server: WebSocketServer, asked: WeakSet<WebSocket>): void {
  for (const socket of server.clients) {
    if (asked.has(socket)) socket.terminate();
    else {
      asked.add(socket);
      socket.once("pong", () => asked.delete(socket));
      socket.ping();
    }
  }
}
