/**
 * Frigate as a source: each of its review items (what people call an incident) is one event, with the picture that Frigate has
 * of it. Messages come by MQTT (`frigate/reviews`, as its documentation has them), pictures by its HTTP API.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { EventType } from "@vigil/core/event/wire";
import mqtt from "mqtt";
import * as z from "zod";
import { readAddress } from "../access/read-address.ts";
import { fetchPicture } from "../cameras/fetch-pictures.ts";
import type { Clock } from "../clock.ts";
import type { FrigateConfig } from "../config.ts";
import type { Log } from "../log.ts";
import type { Heard, Instant, NewEvidence } from "../store/item.ts";

const text = z.string().max(200);
const Review = z.object({
  type: z.enum(["new", "update", "end"]),
  after: z.object({
    /** Goes into an address. */
    id: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/),
    camera: text,
    start_time: z.number(),
    severity: text.optional(),
    data: z.object({
      detections: z
        .array(z.string().regex(/^[A-Za-z0-9._-]{1,100}$/))
        .max(500)
        .default([]),
      objects: z.array(text).max(100).default([]),
      zones: z.array(text).max(100).default([]),
    }),
  }),
});

export type Frigate = {
  readonly isConnected: boolean;
  stop(): Promise<void>;
};

export type FrigateOptions = {
  config: FrigateConfig;
  clock: Clock;
  log: Log;
  /** `origin`: what Frigate calls it. */
  onEvent: (event: { origin: string; heard: Heard; at: Instant; evidence: NewEvidence[] }) => void;
  /** Between two attempts to have a picture. */
  waitMs?: number;
};

const reconnectMs = 2_000;
const messageBytesMax = 256 * 1024;
/** Incidents that this process knows; older ones are known to the store. */
const knownMax = 2_000;
/** Frigate writes the first picture of an incident a little after it has told of it. */
const pictureAttempts = 5;
const pictureMsMax = 5_000;
const atOnceMax = 20;
const told = 10;

const vehicles = new Set(["car", "motorcycle", "bus", "truck", "bicycle", "boat"]);
const animals = new Set([
  "dog",
  "cat",
  "bird",
  "horse",
  "deer",
  "bear",
  "raccoon",
  "fox",
  "rabbit",
  "squirrel",
]);

/** Of several, whoever matters most. Frigate calls a recognised face or plate `label-verified`. */
function typeOf(objects: readonly string[]): EventType {
  const plain = objects.map((label) => label.replace(/-verified$/, ""));
  if (plain.includes("person") || plain.includes("face")) return "person";
  if (plain.some((label) => vehicles.has(label) || label === "license_plate")) return "vehicle";
  if (plain.includes("package")) return "package";
  return plain.some((label) => animals.has(label)) ? "animal" : "motion";
}

/** What a message says, without whatever else Frigate writes; undefined: it is none. */
export function readReview(payload: Buffer): z.infer<typeof Review>["after"] | undefined {
  if (payload.length > messageBytesMax) return undefined;
  try {
    return Review.safeParse(JSON.parse(payload.toString())).data?.after;
  } catch {
    return undefined;
  }
}

type Pictures = Pick<FrigateOptions, "log"> & {
  api: string | undefined;
  waitMs: number;
  signal: AbortSignal;
};

/** Undefined when there is none, or the gateway stops. */
async function fetchDetection(
  { api, log, waitMs, signal }: Pictures,
  detection: string | undefined,
): Promise<Buffer | undefined> {
  if (api === undefined || detection === undefined) return undefined;
  const { url, credentials } = readAddress(api);
  const address = { url: new URL(`/api/events/${detection}/snapshot.jpg`, url).href, credentials };
  for (let attempt = 1; attempt <= pictureAttempts && !signal.aborted; attempt++) {
    try {
      return await fetchPicture(address, AbortSignal.any([signal, AbortSignal.timeout(pictureMsMax)]));
    } catch (error) {
      if (attempt === pictureAttempts) log.warn({ err: error, detection }, "Frigate gives no picture");
    }
    await pause(waitMs, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

export function openFrigate({ config, clock, log, onEvent, waitMs = 2_000 }: FrigateOptions): Frigate {
  const { topic, api } = config;
  const stopping = new AbortController();
  const pictures: Pictures = { api, log, waitMs, signal: stopping.signal };
  const known = new Set<string>();
  let underWay = 0;
  const client = mqtt.connect(config.url, {
    ...(config.username === undefined ? {} : { username: config.username }),
    ...(config.password === undefined ? {} : { password: config.password }),
    reconnectPeriod: reconnectMs,
  });
  let wasTold = false;
  const tellOnce = (error: Error) => {
    if (!wasTold) log.warn({ err: error }, "Frigate's broker is not connected; trying again");
    wasTold = true;
  };
  client.on("connect", () => {
    wasTold = false;
    client.subscribe(`${topic}/reviews`, { qos: 1 }, (error) => error && tellOnce(error));
  });
  client.on("error", tellOnce);

  /** Once for each incident, whatever is said of it later or again. */
  function take(payload: Buffer): void {
    const review = readReview(payload);
    // The first message may not know yet what it is about.
    if (!review || review.data.objects.length === 0 || known.has(review.id)) return;
    known.add(review.id);
    const [oldest] = known;
    if (known.size > knownMax && oldest !== undefined) known.delete(oldest);
    void tell(review);
  }

  async function tell({
    id,
    camera,
    start_time: startSeconds,
    severity,
    data,
  }: NonNullable<ReturnType<typeof readReview>>) {
    const now = { wallMs: clock.now().getTime(), monotonicMs: clock.monotonicMs() };
    // Its clock may be another machine's.
    const agoMs = Math.min(60_000, Math.max(0, now.wallMs - startSeconds * 1_000));
    const at = { wallMs: now.wallMs - agoMs, monotonicMs: now.monotonicMs - agoMs };
    underWay++;
    const bytes = underWay > atOnceMax ? undefined : await fetchDetection(pictures, data.detections[0]);
    underWay--;
    const [objects, zones] = [data.objects.slice(0, told), data.zones.slice(0, told)];
    const attributes = {
      camera,
      from: "frigate",
      review: id,
      objects,
      zones,
      severity: severity ?? "unknown",
    };
    const zone = (zones[0] ?? camera).slice(0, 64) || "unknown";
    const evidence: NewEvidence[] = bytes ? [{ name: "frigate.jpg", contentType: "image/jpeg", bytes }] : [];
    onEvent({
      origin: `frigate ${id}`,
      heard: { type: typeOf(data.objects), zone, attributes },
      at,
      evidence,
    });
  }

  client.on("message", (_, payload, { retain }) => {
    // What a broker has kept is no news.
    if (!retain) take(payload);
  });

  return {
    get isConnected() {
      return client.connected;
    },
    async stop() {
      stopping.abort();
      await client.endAsync(true).catch(() => undefined);
    },
  };
}
