/**
 * Which device stands where: a serial number, an address, or what a device calls its location, to a place. Comes from
 * the configuration and from lists that people import, as CSV (`key,place`) or JSON (`[{"key":…,"place":…}]`).
 */
import * as z from "zod";
import { unprintable } from "../packet.ts";

const entriesMax = 10_000;
const Name = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine((text) => !unprintable.test(text), "expected printable characters");
const Entry = z.strictObject({ key: Name, place: Name });
export type Entry = z.infer<typeof Entry>;
const Entries = z
  .array(Entry)
  .max(entriesMax)
  .superRefine((entries, context) => {
    const seen = new Map<string, number>();
    entries.forEach(({ key }, index) => {
      const earlier = seen.get(key);
      if (earlier === undefined) seen.set(key, index);
      else {
        context.addIssue({
          code: "custom",
          path: [index],
          message: `${key} is there already, as entry ${earlier + 1}`,
        });
      }
    });
  });

export type AddressMap = {
  find: (key: string | undefined) => string | undefined;
  list: () => Entry[];
  /** Replaces what was imported before; the configuration's own entries stay. All of it or none: throws a RangeError. */
  load: (text: string, format: "csv" | "json") => void;
  save: (format: "csv" | "json") => string;
  /** What was imported, without the configuration's own entries, as CSV. */
  imported: () => string;
};

export function createAddressMap(configured: readonly Entry[], onChange: () => void): AddressMap {
  let imported: Entry[] = [];
  let places = new Map(configured.map(({ key, place }) => [key, place]));

  return {
    find: (key) => (key === undefined ? undefined : places.get(key)),
    list: () => [...places].map(([key, place]) => ({ key, place })),
    load(text, format) {
      const parsed = Entries.safeParse(format === "csv" ? readCsv(text) : readJson(text));
      if (!parsed.success) {
        const faults = parsed.error.issues.map(
          ({ path, message }) => `entry ${Number(path[0] ?? 0) + 1}: ${message}`,
        );
        throw new RangeError(`the list was not taken: ${faults.join("; ")}`);
      }
      imported = parsed.data;
      places = new Map([...imported, ...configured].map(({ key, place }) => [key, place]));
      onChange();
    },
    save(format) {
      const entries = [...places].map(([key, place]) => ({ key, place }));
      return format === "json" ? `${JSON.stringify(entries, null, 2)}\n` : toCsv(entries);
    },
    imported: () => toCsv(imported),
  };
}

function toCsv(entries: readonly Entry[]): string {
  const rows = entries.map(({ key, place }) => `${quote(key)},${quote(place)}`);
  return `${["key,place", ...rows].join("\r\n")}\r\n`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RangeError(`the list is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Without the apostrophe that `quote` put before what looks like a formula. */
function plain(cell = ""): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function quote(cell: string): string {
  // A spreadsheet would run a cell that begins like a formula.
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180: quoted cells, doubled quotes, any line end; the heading is optional. */
function readCsv(text: string): { key: string; place: string }[] {
  const rows: string[][] = [[]];
  let [cell, quoted, wasQuoted] = ["", false, false];
  const endCell = () => {
    rows.at(-1)?.push(wasQuoted ? cell : cell.trim());
    [cell, wasQuoted] = ["", false];
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (character === '"' && cell.trim() === "") [cell, quoted, wasQuoted] = ["", true, true];
    else if (character === ",") endCell();
    else if (character === "\n") {
      endCell();
      rows.push([]);
    } else if (character !== "\r" && character !== "\uFEFF") cell += character;
  }
  endCell();
  if (quoted) throw new RangeError("the list ends within a quoted cell");
  const filled = rows.filter((row) => row.some((one) => one !== ""));
  const isHeading = filled[0]?.[0]?.toLowerCase() === "key";
  return filled.slice(isHeading ? 1 : 0).map((row, index) => {
    if (row.length !== 2) {
      throw new RangeError(`entry ${index + 1} has ${row.length} cells, expected key,place`);
    }
    return { key: plain(row[0]), place: plain(row[1]) };
  });
}
