/**
 * A form that is larger than a function of the API can be sent: the event is reported as soon as it is read, and each picture
 * is announced, put into the store and forgotten before the one after the next is read. A device that is cut off sends the
 * same form again, and what is there is not stored twice.
 */
import { type AnnouncedEvidence, EventInput } from "@vigil/core/event/wire";
import type { Image } from "@vigil/core/flow";
import { evidence, edge as limits } from "@vigil/core/limits";
import { Problem, problem } from "@vigil/core/problem";
import type { Context } from "hono";
import { matched, parseBounded } from "../api/body.ts";
import { eventTextOf, noEvent, type Part, readImage } from "../api/multipart/index.ts";
import type { EdgeEnv, Log } from "./env.ts";
import { type Begun, createEventApi, type EventApi } from "./event-api.ts";
import type { KeyRate } from "./key-rate.ts";
import { readParts } from "./read-parts.ts";
import { storePiece } from "./store-piece.ts";
import { takeAnnounced } from "./take-announced.ts";
import type { Upstream } from "./upstream.ts";

type Way = { key: string; upstream: Upstream; rates: KeyRate; log: Log; bodyBytesMax: number };

/** Headers of the answer to the event that its device is to see. */
const passedOn = ["ratelimit", "ratelimit-policy", "idempotency-replayed"];

/** @throws what the API refuses the event or a picture with */
export async function carryForm(
  c: Context<EdgeEnv>,
  { key, upstream, rates, log, bodyBytesMax }: Way,
): Promise<Response> {
  const api = createEventApi(upstream, c.req.raw, c.get("requestId"));
  const carried = createCarried({ api, log, admit: (event) => rates.take(key, event) });
  const body = c.req.raw.body ?? new Blob([]).stream();
  try {
    for await (const part of readParts(c.req.header("content-type") ?? "", body, bodyBytesMax)) {
      await carried.take(part);
    }
    const { begun, uploads } = await carried.end();
    for (const name of passedOn) {
      const value = begun.headers.get(name);
      if (value !== null) c.header(name, value);
    }
    return c.json({ ...begun.accepted, uploads }, 202);
  } catch (error) {
    throw await carried.refuse(error);
  }
}

type Carried = {
  take(part: Part): Promise<void>;
  /** @returns where to upload what the store did not take */
  end(): Promise<{ begun: Begun; uploads: unknown[] }>;
  /** What it is refused with, once nothing of it is under way. */
  refuse(refused: unknown): Promise<unknown>;
};

/** @param admit throws for an event that may not be reported now */
function createCarried({
  api,
  log,
  admit,
}: {
  api: EventApi;
  log: Log;
  admit: (event: EventInput) => Promise<void>;
}): Carried {
  let begun: Begun | undefined;
  /** Of the event's own list, what has not come yet; undefined where it has none. */
  let announced: AnnouncedEvidence[] | undefined;
  /** Parts that came before the event. */
  const early: Part[] = [];
  const names = new Set<string>();
  let storing = Promise.resolve();

  async function begin(part: Part): Promise<void> {
    if (begun) throw problem("multipart-incomplete", "expected one part named event, got 2");
    const told = parseBounded(eventTextOf(part));
    const event = matched(EventInput, told);
    await admit(event);
    if (event.evidence && event.evidence.length > 0) announced = [...event.evidence];
    begun = await api.begin(told as object);
    for (let first = early.shift(); first; first = early.shift()) await bring(first, begun.accepted.id);
  }

  /** Waits for the picture before this one: so two are held, this one and what is read next. */
  async function bring(part: Part, eventId: string): Promise<void> {
    if (names.size >= evidence.perEventMax) {
      throw problem("evidence-too-large", `expected at most ${evidence.perEventMax} images, got more`);
    }
    const image = readImage(part, names);
    const piece = announced ? takeAnnounced(announced, image) : pieceOf(image);
    names.add(piece.name);
    await storing;
    storing = storePiece(api, eventId, piece, image.bytes, log);
    // Its failure is met where it is awaited.
    storing.catch(() => undefined);
  }

  return {
    async take(part) {
      if (part.field === "event") return begin(part);
      if (begun) return bring(part, begun.accepted.id);
      early.push(part);
      if (early.length >= limits.imagesHeldMax) {
        throw problem(
          "multipart-incomplete",
          `expected the part named event among the first ${limits.imagesHeldMax} of a form of more than ${limits.wholeFormBytesMax} bytes; put it first`,
        );
      }
      return undefined;
    },
    async end() {
      if (!begun) throw noEvent(early.map(({ field }) => field));
      await storing;
      const [missing] = announced ?? [];
      if (missing) {
        throw problem(
          "evidence-missing",
          `${missing.name} was announced, but there is no part with that filename`,
        );
      }
      const { uploads } = await api.seal(begun.accepted.id, names.size);
      return { begun, uploads };
    },
    async refuse(refused) {
      await Promise.allSettled([storing]);
      if (!begun || !(refused instanceof Problem)) return refused;
      const { code, message, errors, headers, retryAfterSeconds } = refused;
      return problem(
        code,
        `${message}. The event is recorded as ${begun.accepted.id}; send it once more, put right, and its pictures are added`,
        { errors, headers, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
      );
    },
  };
}

function pieceOf({ name, contentType, bytes, sha256 }: Image): AnnouncedEvidence {
  return { name, contentType, bytes: bytes.byteLength, sha256 };
}
