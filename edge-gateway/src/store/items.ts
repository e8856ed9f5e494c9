/** The queue of items: their rows, in the order in which they are forwarded. */
import type { KeptSignature } from "./capture-key.ts";
import type { Database } from "./database.ts";
import type { Item, ItemState, KeptEvidence, NewItem } from "./item.ts";

type Row = {
  number: number;
  id: string;
  stage: ItemState;
  urgent: number;
  boot: number;
  wall_ms: number;
  monotonic_ms: number;
  heard: string;
  body: string | null;
  event_id: string | null;
};

/** What a turn may hold. */
export type TurnBounds = {
  /** Life-safety only, or all the rest only. */
  urgent: boolean;
  itemsMax: number;
  /** Bytes of evidence; one item may be larger alone. */
  evidenceBytesMax: number;
  /** Ids that wait for another attempt. */
  except: readonly string[];
};

export type Image = { itemNumber: number; itemId: string; position: number } & Omit<
  KeptEvidence,
  "signature"
>;

/** All of these run inside a transaction of the caller's where they write. */
export type Items = {
  insert(item: Omit<NewItem, "evidence">, boot: number, evidence: readonly KeptEvidence[]): void;
  /** Oldest first. */
  turn(bounds: TurnBounds): Item[];
  freeze(id: string, body: string): void;
  accept(id: string, eventId: string): void;
  /** Removes the item. @returns the contents that nothing else refers to any more; undefined when there is no such item */
  remove(id: string): string[] | undefined;
  /** Removes one piece of an item's evidence from its row. */
  removeEvidence(id: string, name: string): void;
  /** Ids of the oldest items that are not urgent. */
  oldestOrdinary(count: number): string[];
  /** Images of items of one urgency, those of the oldest items first, without those that an urgent item shares. */
  images(urgent: boolean, after: { itemNumber: number; position: number }): Image | undefined;
  isWanted(sha256: string): boolean;
};

type PieceRow = Omit<KeptEvidence, "signature"> & { signature: string | null };

function pieceOf({ signature, ...piece }: PieceRow): KeptEvidence {
  return { ...piece, signature: signature === null ? null : (JSON.parse(signature) as KeptSignature) };
}

export function openItems({ sql }: Database): Items {
  const insertItem = sql.prepare(`
    INSERT INTO item (id, stage, urgent, boot, wall_ms, monotonic_ms, heard) VALUES (?, 'heard', ?, ?, ?, ?, ?)
    RETURNING number`);
  const insertEvidence = sql.prepare(`
    INSERT INTO evidence (item_number, position, name, content_type, bytes, sha256, signature) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const next = sql.prepare(`
    SELECT * FROM item WHERE urgent = ? AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY number LIMIT ?`);
  const evidenceOf = sql.prepare(`
    SELECT name, content_type AS contentType, bytes, sha256, signature FROM evidence WHERE item_number = ? ORDER BY position`);
  const setBody = sql.prepare("UPDATE item SET stage = 'frozen', body = ? WHERE id = ? AND stage = 'heard'");
  const setEvent = sql.prepare(
    "UPDATE item SET stage = 'accepted', event_id = ? WHERE id = ? AND stage = 'frozen'",
  );
  const find = sql.prepare("SELECT number FROM item WHERE id = ?");
  const deleteItem = sql.prepare("DELETE FROM item WHERE number = ?");
  const deleteEvidence = sql.prepare(
    "DELETE FROM evidence WHERE name = ? AND item_number = (SELECT number FROM item WHERE id = ?)",
  );
  const oldest = sql.prepare("SELECT id FROM item WHERE urgent = 0 ORDER BY number LIMIT ?");
  const wanted = sql.prepare("SELECT 1 FROM evidence WHERE sha256 = ? LIMIT 1");
  const image = sql.prepare(`
    SELECT e.item_number AS itemNumber, i.id AS itemId, e.position, e.name, e.content_type AS contentType, e.bytes, e.sha256
    FROM evidence e JOIN item i ON i.number = e.item_number
    WHERE i.urgent = ? AND (e.item_number, e.position) > (?, ?) AND (i.urgent = 1 OR NOT EXISTS (
      SELECT 1 FROM evidence o JOIN item u ON u.number = o.item_number WHERE o.sha256 = e.sha256 AND u.urgent = 1))
    ORDER BY e.item_number, e.position LIMIT 1`);

  const isWanted = (sha256: string) => wanted.get(sha256) !== undefined;

  const piecesOf = (number: number) => (evidenceOf.all(number) as PieceRow[]).map(pieceOf);

  function itemOf(row: Row): Item {
    return {
      id: row.id,
      state: row.stage,
      urgent: row.urgent === 1,
      heard: JSON.parse(row.heard),
      at: { wallMs: row.wall_ms, monotonicMs: row.monotonic_ms },
      boot: row.boot,
      body: row.body,
      eventId: row.event_id,
      evidence: piecesOf(row.number),
    };
  }

  return {
    insert({ id, urgent, heard, at }, boot, evidence) {
      const values = [id, urgent ? 1 : 0, boot, Math.round(at.wallMs), at.monotonicMs, JSON.stringify(heard)];
      const { number } = insertItem.get(...values) as { number: number };
      for (const [position, { name, contentType, bytes, sha256, signature }] of evidence.entries()) {
        const signed = signature && JSON.stringify(signature);
        insertEvidence.run(number, position, name, contentType, bytes, sha256, signed);
      }
    },
    turn({ urgent, itemsMax, evidenceBytesMax, except }) {
      const rows = next.all(urgent ? 1 : 0, JSON.stringify(except), itemsMax) as Row[];
      const taken: Item[] = [];
      let bytes = 0;
      for (const row of rows) {
        const item = itemOf(row);
        bytes += item.evidence.reduce((sum, piece) => sum + piece.bytes, 0);
        if (taken.length > 0 && bytes > evidenceBytesMax) break;
        taken.push(item);
      }
      return taken;
    },
    freeze: (id, body) => void setBody.run(body, id),
    accept: (id, eventId) => void setEvent.run(eventId, id),
    remove(id) {
      const row = find.get(id) as { number: number } | undefined;
      if (!row) return undefined;
      const contents = piecesOf(row.number).map(({ sha256 }) => sha256);
      deleteItem.run(row.number);
      return [...new Set(contents)].filter((sha256) => !isWanted(sha256));
    },
    removeEvidence: (id, name) => void deleteEvidence.run(name, id),
    oldestOrdinary: (count) => (oldest.all(count) as { id: string }[]).map(({ id }) => id),
    images: (urgent, { itemNumber, position }) =>
      image.get(urgent ? 1 : 0, itemNumber, position) as Image | undefined,
    isWanted,
  };
}
