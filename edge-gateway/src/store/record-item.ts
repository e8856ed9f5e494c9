/** Writes what was heard, with as much of its evidence as there is room for. */
import type { KeptSignature } from "./capture-key.ts";
import { isFull } from "./database.ts";
import type { Endings } from "./endings.ts";
import type { EvidenceFiles } from "./evidence-files.ts";
import type { KeptEvidence, NewEvidence, NewItem } from "./item.ts";
import type { Items } from "./items.ts";
import type { Ledger } from "./ledger.ts";
import type { Origins } from "./origins.ts";
import type { Room } from "./room.ts";

type Parts = {
  items: Items;
  origins: Origins;
  ledger: Ledger;
  files: EvidenceFiles;
  room: Room;
  endings: Endings;
  sign: Sign;
};

/** What is captured is signed before it is stored anywhere. @param wallMs when it was captured */
export type Sign = (bytes: Uint8Array, wallMs: number) => KeptSignature;

/** Durable, or undefined when there is no room for it. */
function keepImage(
  { room, files, sign }: Parts,
  piece: NewEvidence,
  { urgent, at }: NewItem,
): KeptEvidence | undefined {
  const { name, contentType, bytes } = piece;
  const signature = sign(bytes, at.wallMs);
  try {
    const sha256 = room.make(urgent ? "urgent-image" : "ordinary-image", () => files.put(bytes));
    return { name, contentType, bytes: bytes.byteLength, sha256, signature };
  } catch (error) {
    if (isFull(error)) return undefined;
    throw error;
  }
}

/**
 * @returns what is kept of it; of a `dropped` item nothing is, and it is counted as dropped with the next commit; one that is
 *   `known` by its origin is not counted again
 */
export function recordItem(parts: Parts, item: NewItem, boot: number): "whole" | "cut" | "dropped" | "known" {
  const { items, origins, ledger, room, endings } = parts;
  const kept = item.evidence
    .map((piece) => keepImage(parts, piece, item))
    .filter((piece) => piece !== undefined);
  const insert = () =>
    endings.commit(() => {
      if (item.origin !== undefined && origins.knows(item.origin)) return false;
      ledger.countHeard(1);
      items.insert(item, boot, kept);
      for (const { name } of item.evidence) {
        if (!kept.some((piece) => piece.name === name)) endings.missed(item.id, name);
      }
      return true;
    });
  try {
    if (!room.make(item.urgent ? "urgent-event" : "ordinary-event", insert)) {
      endings.unlink(kept.map(({ sha256 }) => sha256).filter((sha256) => !items.isWanted(sha256)));
      return "known";
    }
    return kept.length < item.evidence.length ? "cut" : "whole";
  } catch (error) {
    if (!isFull(error)) throw error;
    endings.turnAway(item.id);
    return "dropped";
  }
}
