/**
 * One connection, by TCP or WebSocket, and whose it is. Identity belongs to the connection, not to its address: two
 * devices behind one address stay apart, and what one says of itself counts for that connection only.
 */
import { timingSafeEqual } from "node:crypto";
import type { Device } from "../devices/device.ts";
import type { MalformedReason, PacketSink } from "../packet.ts";
import { type Commands, createCommands } from "./commands.ts";
import { createFrameLines } from "./frame-lines.ts";

export type Transport = "tcp" | "websocket";

export type Connection = {
  readonly address: string;
  readonly transport: Transport;
  /** Undefined until it has sent what only a device sends. */
  device: Device | undefined;
  serial: string | undefined;
  location: string | undefined;
  /** What stood before its data; counts as a place only if it is registered as one. */
  head: string;
  /** The device's own name was taken, so it goes by another until it is free. */
  alias: boolean;
  readonly openedMs: number;
  /** Packets of its that could not be read. */
  malformed: number;
  lastPacketMs: number;
  commands: Commands;
  push: (bytes: Buffer) => void;
  /** Ends it from our side. */
  destroy: () => void;
  /** It has ended. */
  end: () => void;
};

/** What the connection tells of: all with the connection, so that one set of functions serves them all. */
export type ConnectionEvents = {
  now: () => number;
  /** Finds or makes the device of a connection. Undefined: nobody more can be heard. */
  bind: (connection: Connection) => Device | undefined;
  /** It said another serial number or location than before, or stands under another head. */
  renamed: (connection: Connection) => void;
  malformed: (connection: Connection, reason: MalformedReason, excerpt: string) => void;
  refused: (connection: Connection, why: string) => void;
  timed: (kind: "sensor" | "frame", ms: number) => void;
};

export type ConnectionOptions = {
  address: string;
  transport: Transport;
  /** What must be said first; undefined: nothing. */
  token: string | undefined;
  write: (text: string) => boolean;
  destroy: () => void;
};

export function createConnection(options: ConnectionOptions, events: ConnectionEvents): Connection {
  let admitted = options.token === undefined;
  let closed = false;
  /** When the packet before was done: packets of one piece follow each other without a pause. */
  let markMs = 0;

  function refuse(why: string): void {
    if (closed) return;
    closed = true;
    events.refused(self, why);
    options.destroy();
  }

  function admit(secret: string): void {
    if (options.token === undefined) return;
    const [given, wanted] = [Buffer.from(secret), Buffer.from(options.token)];
    if (given.length === wanted.length && timingSafeEqual(given, wanted)) admitted = true;
    else refuse("a wrong token");
  }

  /** The device that a packet is from; undefined when it must not be taken. */
  function sender(head: string): Device | undefined {
    if (closed) return undefined;
    if (!admitted) {
      refuse("no token before its data");
      return undefined;
    }
    if (head !== self.head && head !== "") {
      self.head = head;
      if (self.device) events.renamed(self);
    }
    self.device ??= events.bind(self);
    if (!self.device) refuse("too many devices");
    return self.device;
  }

  function taken(device: Device): void {
    device.counters.packets++;
    self.lastPacketMs = markMs;
  }

  const sink: PacketSink = {
    serial(name) {
      if (closed || !admitted || name === self.serial) return;
      self.serial = name;
      events.renamed(self);
    },
    location(name) {
      if (closed || !admitted || name === self.location) return;
      self.location = name;
      events.renamed(self);
    },
    token: admit,
    sensor(values, head) {
      const device = sender(head);
      if (!device) return;
      const began = markMs;
      device.takeSensor(values, began);
      taken(device);
      self.commands.answered("data");
      markMs = events.now();
      events.timed("sensor", markMs - began);
    },
    frame(bytes, words, head) {
      const device = sender(head);
      if (!device) return;
      const began = markMs;
      device.takeFrame(bytes, words, began);
      taken(device);
      self.commands.answered("data");
      markMs = events.now();
      events.timed("frame", markMs - began);
    },
    eeprom(bytes, _words, head) {
      const device = sender(head);
      if (!device) return;
      device.takeEeprom(bytes);
      taken(device);
      self.commands.answered("eeprom");
    },
    malformed(reason, excerpt) {
      if (closed) return;
      self.malformed++;
      if (self.device) self.device.counters.malformed++;
      events.malformed(self, reason, excerpt);
    },
  };
  const lines = createFrameLines(sink);

  const self: Connection = {
    address: options.address,
    transport: options.transport,
    device: undefined,
    serial: undefined,
    location: undefined,
    head: "",
    alias: false,
    openedMs: events.now(),
    malformed: 0,
    lastPacketMs: Number.NEGATIVE_INFINITY,
    commands: createCommands((command) => !closed && options.write(command)),
    push(bytes) {
      if (closed) return;
      markMs = events.now();
      lines.push(bytes);
      if (self.device) self.device.counters.bytes += bytes.length;
    },
    destroy() {
      closed = true;
      options.destroy();
    },
    end() {
      lines.end();
      closed = true;
    },
  };
  return self;
}
