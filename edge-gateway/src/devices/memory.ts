/**
 * What was learned of each device and outlives a restart: its calibration, its approved baseline, its idle levels,
 * and what a person set. One JSON file a device, replaced whole, beside the work: only a person waits for it.
 */
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { FlameMemory } from "../fusion/flame.ts";
import { replaceFile } from "../store/replace-file.ts";
import { type ApprovedBaseline, type BaselineDecision, decisionsMax } from "../thermal/baseline.ts";
import { pixels } from "../thermal/grid.ts";
import { NotKept, noFolder } from "./not-kept.ts";
import { Schedule } from "./schedule.ts";

/** Names that nobody meant, from a flood of serial numbers, must not fill the disk either. */
const filesMax = 10_000;
/** 768 32-bit numbers. */
const Cells = z
  .base64()
  .transform((text) => Buffer.from(text, "base64"))
  .refine((bytes) => bytes.length === pixels * 4, `expected ${pixels} cells`)
  .transform((bytes) => Float32Array.from({ length: pixels }, (_, cell) => bytes.readFloatLE(cell * 4)));

const StoredMemory = z.object({
  v: z.literal(1),
  device: z.string().min(1).max(128),
  /** The 832 words of the EEPROM as hexadecimal digits. */
  eeprom: z
    .string()
    .regex(/^[0-9a-f]{3328}$/)
    .optional(),
  gasR0Ohm: z.number().positive().optional(),
  flame: z
    .object({
      idlePercent: z.number(),
      strayPercent: z.number().positive(),
      restsAt: z.union([z.literal(0), z.literal(1)]),
      sign: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
    })
    .optional(),
  baseline: z
    .object({
      id: z.string(),
      celsius: Cells,
      strayCelsius: Cells,
      frames: z.int(),
      approvedWallMs: z.number(),
      approvedBy: z.string(),
      why: z.string(),
    })
    .optional(),
  decisions: z
    .array(
      z.object({
        candidate: z.string(),
        verdict: z.enum(["approved", "rejected", "expired"]),
        by: z.string(),
        why: z.string(),
        wallMs: z.number(),
      }),
    )
    .max(decisionsMax)
    .optional(),
  schedule: Schedule.optional(),
});
export type Memory = {
  device: string;
  eeprom?: string | undefined;
  gasR0Ohm?: number | undefined;
  flame?: FlameMemory | undefined;
  baseline?: ApprovedBaseline | undefined;
  decisions?: readonly BaselineDecision[] | undefined;
  /** What a person set; absent: the site's own. */
  schedule?: Schedule | undefined;
};

export type MemoryStore = {
  find: (device: string) => Memory | undefined;
  /** Keeps what `read` answers, soon; asked again for the same device before it was written, once. */
  keep: (device: string, read: () => Memory) => void;
  /** The same of what a person set: kept for good when it resolves; rejects with `NotKept` otherwise. */
  set: (device: string, read: () => Memory) => Promise<void>;
  close: () => Promise<void>;
};

/** Reads everything at once; a file that cannot be read is told and left alone. Without a folder nothing outlives. */
export async function openMemoryStore(
  folder: string | undefined,
  onFault: (text: string) => void,
): Promise<MemoryStore> {
  const memories = new Map<string, Memory>();
  const known = new Set<string>();
  const waiting = new Map<string, Promise<void>>();
  let writing: Promise<unknown> = Promise.resolve();
  if (folder !== undefined) {
    for (const memory of await readAll(folder, onFault)) memories.set(memory.device, memory);
    for (const device of memories.keys()) known.add(device);
  }

  async function writeOne(path: string, device: string, read: () => Memory): Promise<void> {
    // What changes from here on is written after this.
    waiting.delete(device);
    try {
      await replaceFile(path, render(read()));
    } catch (error) {
      onFault(`what is known of ${device} cannot be kept: ${String(error)}`);
      throw error;
    }
  }

  async function write(device: string, read: () => Memory): Promise<void> {
    if (folder === undefined) throw new RangeError(noFolder);
    if (!known.has(device) && known.size >= filesMax) {
      throw new RangeError(`there are ${filesMax} devices already`);
    }
    known.add(device);
    const path = join(folder, fileName(device));
    const written = waiting.get(device) ?? writing.then(() => writeOne(path, device, read));
    waiting.set(device, written);
    writing = Promise.allSettled([writing, written]);
    await written;
  }

  return {
    find: (device) => memories.get(device),
    keep(device, read) {
      // Its failure is a fault of the gateway, which was told; there is nobody else to tell.
      write(device, read).catch(() => undefined);
    },
    async set(device, read) {
      await write(device, read).catch((error: unknown) => {
        throw new NotKept("It holds", error);
      });
    },
    async close() {
      await writing;
    },
  };
}

function fileName(device: string): string {
  return `${encodeURIComponent(device).replaceAll(".", "%2E").replaceAll("*", "%2A")}.json`;
}

async function readAll(folder: string, onFault: (text: string) => void): Promise<Memory[]> {
  await mkdir(folder, { recursive: true });
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).slice(0, filesMax);
  const memories: Memory[] = [];
  for (const name of names) {
    try {
      memories.push(StoredMemory.parse(JSON.parse(await readFile(join(folder, name), "utf8"))));
    } catch (error) {
      onFault(
        `${name} holds nothing that can be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  return memories;
}

function toBase64(values: Float32Array): string {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, cell) => bytes.writeFloatLE(value, cell * 4));
  return bytes.toString("base64");
}

function render({ baseline, ...rest }: Memory): string {
  const kept = baseline && {
    ...baseline,
    celsius: toBase64(baseline.celsius),
    strayCelsius: toBase64(baseline.strayCelsius),
  };
  return JSON.stringify({ v: 1, ...rest, ...(kept ? { baseline: kept } : {}) });
}
