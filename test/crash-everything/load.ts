/** Mixed load: cameras with pictures in the request and by upload, devices without any, batches, and members who read. */
import { createHash, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { EventAccepted } from "@vigil/core/event/wire";
import * as z from "zod";
import { simulateDevice } from "../../edge-gateway/src/simulate/device.ts";
import type { Cast } from "../deliver-kill/cast.ts";
import type { Picture } from "../walk/subscriber.ts";
import type { Sensors } from "./victims.ts";

export type Load = {
  /** Ids under which devices told of events that the API acknowledged, and those of them that have pictures. */
  acknowledged: string[];
  pictured: string[];
  reads: number;
  faults: string[];
};

const Sealed = z.object({ sealed: z.boolean(), uploads: EventAccepted.shape.uploads });
const jsonEvent = (part: object) => ({ id: randomUUID(), occurredAt: new Date().toISOString(), ...part });
const batchSize = 5;

type Deed = (cast: Cast, load: Load, picture: Picture) => Promise<void>;

const withPicture: Deed = async (cast, load, picture) => {
  const id = await cast.postEvent(picture);
  load.acknowledged.push(id);
  load.pictured.push(id);
};

const byUpload: Deed = async (cast, load, { name, bytes }) => {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const evidence = [{ name, contentType: "image/jpeg", bytes: bytes.byteLength, sha256 }];
  const json = jsonEvent({ type: "person", zone: "front_door", mode: "away", evidence });
  const key = cast.nextCamera();
  const answer = await cast.ask("/v1/events", { key, method: "POST", json });
  if (answer.status !== 202) throw new Error(`the event was refused: ${await answer.text()}`);
  let { id, uploads } = EventAccepted.parse(await answer.json());
  load.acknowledged.push(json.id);
  load.pictured.push(json.id);
  for (let isSealed = false; !isSealed; ) {
    for (const { url, headers } of uploads) {
      const { "content-length": _set, ...sent } = headers;
      await fetch(url, { method: "PUT", headers: sent, body: new Uint8Array(bytes) });
    }
    const sealed = await cast.ask(`/v1/events/${id}/seal`, { key, method: "POST", json: {} });
    ({ sealed: isSealed, uploads } = Sealed.parse(await sealed.json()));
  }
};

const without: Deed = async (cast, load) => {
  const json = jsonEvent({ type: "motion", zone: "garden" });
  const answer = await cast.ask("/v1/events", { key: cast.account.deviceKey, method: "POST", json });
  if (answer.status !== 202) throw new Error(`the event was refused: ${await answer.text()}`);
  load.acknowledged.push(json.id);
};

const batch: Deed = async (cast, load) => {
  const events = Array.from({ length: batchSize }, () => jsonEvent({ type: "door", zone: "shed" }));
  const asked = { key: cast.account.deviceKey, method: "POST", json: { events } };
  const answer = await cast.ask("/v1/events/batch", asked);
  if (!answer.ok) throw new Error(`the batch was refused: ${await answer.text()}`);
  load.acknowledged.push(...events.map(({ id }) => id));
};

const read: Deed = async (cast, load) => {
  const answer = await cast.ask("/v1/digests?limit=20", { key: cast.account.memberToken });
  if (!answer.ok) throw new Error(`the digests were refused: ${await answer.text()}`);
  load.reads += 1;
};

/** Of ten in turn. */
const deeds: readonly Deed[] = [
  withPicture,
  without,
  withPicture,
  byUpload,
  read,
  withPicture,
  batch,
  withPicture,
  without,
  byUpload,
];
export const picturedShare =
  deeds.filter((deed) => deed === withPicture || deed === byUpload).length / deeds.length;

/** Begins one deed every `1 / perSecond` seconds, whatever becomes of those before, until `untilMs` of the clock. */
export async function bring(
  cast: Cast,
  { perSecond, untilMs, pictures }: { perSecond: number; untilMs: number; pictures: readonly Picture[] },
): Promise<Load> {
  const load: Load = { acknowledged: [], pictured: [], reads: 0, faults: [] };
  const under: Promise<void>[] = [];
  for (let count = 0; Date.now() < untilMs; count += 1) {
    const deed = deeds[count % deeds.length] ?? read;
    const picture = pictures[count % pictures.length];
    if (!picture) throw new Error("expected pictures");
    under.push(deed(cast, load, picture).catch((error: unknown) => void load.faults.push(String(error))));
    await pause(1_000 / perSecond);
  }
  await Promise.all(under);
  return load;
}

/** Rooms in which something overheats again and again: their gateway alarms, and forwards. */
export async function overheat(sensors: Sensors, rooms: number, signal: AbortSignal): Promise<void> {
  const live = async (room: number) => {
    while (!signal.aborted) {
      const options = {
        ...sensors,
        serial: `SIM-${room}`,
        place: `room ${room}`,
        everyMs: 500,
        random: Math.random,
      };
      // A gateway that is dead is tried again.
      await simulateDevice({
        ...options,
        scenario: "overheat",
        signal: AbortSignal.any([signal, AbortSignal.timeout(40_000)]),
      }).catch(() => undefined);
      await pause(1_000 + room * 500, undefined, { signal }).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: rooms }, (_, room) => live(room + 1)));
}
