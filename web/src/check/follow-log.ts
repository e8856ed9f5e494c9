/**
 * Whether the evidence log goes on from the state that this browser saw before: the proof is checked here, so that nobody need be
 * believed. What was seen is kept, and what does not go on from it never takes its place.
 */
import { isContinued } from "@vigil/verify";
import type { Checkpoint, Consistency } from "../api/log.ts";

export type Seen = { size: number; root: string; seenAt: string };
export type Followed = { state: "first" } | { state: "continued" | "broken"; before: Seen };

const storageKey = "vigil.log-seen";

export async function followLog(
  storage: Pick<Storage, "getItem" | "setItem">,
  { size, root }: Checkpoint,
  consistency: (from: number, to: number) => Promise<Consistency>,
  now = new Date(),
): Promise<Followed> {
  const before = read(storage.getItem(storageKey));
  const keep = () => storage.setItem(storageKey, JSON.stringify({ size, root, seenAt: now.toISOString() }));
  if (before === undefined) {
    keep();
    return { state: "first" };
  }
  if (!(await goesOn(before, { size, root }, consistency))) return { state: "broken", before };
  keep();
  return { state: "continued", before };
}

async function goesOn(
  before: Seen,
  { size, root }: Pick<Seen, "size" | "root">,
  consistency: (from: number, to: number) => Promise<Consistency>,
): Promise<boolean> {
  // A log that has become shorter has lost something.
  if (before.size > size) return false;
  const { proof } = before.size === size ? { proof: [] } : await consistency(before.size, size);
  return isContinued({
    earlier: { size: before.size, root: bytesOf(before.root) },
    size,
    root: bytesOf(root),
    proof: proof.map(bytesOf),
  });
}

function read(text: string | null): Seen | undefined {
  if (text === null) return undefined;
  try {
    const { size, root, seenAt } = JSON.parse(text) as Partial<Seen>;
    const isWhole = typeof size === "number" && typeof root === "string" && typeof seenAt === "string";
    return isWhole ? { size, root, seenAt } : undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
