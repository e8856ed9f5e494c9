import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, it } from "node:test";
import { heard, noise, picture } from "../../testing/event-items.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import type { TurnBounds } from "./items.ts";
import { migrate } from "./migrations.ts";
import { type Outbox, openOutbox } from "./outbox.ts";

const ballastBytes = 64 * 1024;
const all: TurnBounds = { urgent: false, itemsMax: 100, evidenceBytesMax: 1e9, except: [] };

describe("the outbox", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let outbox: Outbox;
  const open = (wallMs = 1_000): Outbox => {
    const opened = openOutbox({ directory: folder.path, ballastBytes, now: () => 1_000 });
    opened.start(wallMs, "0a1b");
    return opened;
  };
  beforeEach(() => {
    folder = temporaryFolder();
    outbox = open();
  });
  afterEach(() => {
    outbox.close();
    folder[Symbol.dispose]();
  });

  const ids = (bounds: Partial<TurnBounds> = {}) => outbox.turn({ ...all, ...bounds }).map(({ id }) => id);
  const files = () =>
    readdirSync(join(folder.path, "evidence"), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );

  it("gives back what was recorded, oldest first, life-safety in a turn of its own", () => {
    for (const id of ["a", "b"]) outbox.record(heard(id));
    outbox.record(heard("fire", { urgent: true }));
    assert.deepEqual(ids(), ["a", "b"]);
    assert.deepEqual(ids({ urgent: true }), ["fire"]);
    assert.deepEqual(ids({ except: ["a"] }), ["b"]);
  });

  it("keeps items, bodies and evidence over a restart, and numbers the boots", () => {
    outbox.record(heard("a", { evidence: [picture("1.png", 1)] }));
    outbox.freeze([{ id: "a", body: '{"id":"a"}' }]);
    outbox.close();
    outbox = open(2_000);
    const [item] = outbox.turn(all);
    assert.equal(item?.body, '{"id":"a"}');
    assert.deepEqual(outbox.readEvidence(item?.evidence[0]?.sha256 ?? ""), noise(1));
    assert.deepEqual(
      outbox.boots().map(({ number, label, clockTrusted }) => ({ number, label, clockTrusted })),
      [
        { number: 1, label: "1-0a1b", clockTrusted: true },
        { number: 2, label: "2-0a1b", clockTrusted: true },
      ],
    );
  });

  it("keeps once what another program says again, also after a restart", () => {
    const said = (id: string) => ({ ...heard(id, { evidence: [picture("1.png", 1)] }), origin: "frigate 7" });
    assert.equal(outbox.record(said("a")), true);
    outbox.settle({ accepted: [], ended: [{ id: "a", outcome: "forwarded", reason: "", detail: "" }] });
    outbox.close();
    outbox = open(2_000);
    assert.equal(outbox.record(said("b")), true);
    assert.deepEqual(ids(), []);
    assert.equal(outbox.balance().heard, 1);
    assert.deepEqual(files(), []);
  });

  it("never changes a body that was frozen", () => {
    outbox.record(heard("a"));
    outbox.freeze([{ id: "a", body: "first" }]);
    outbox.freeze([{ id: "a", body: "second" }]);
    assert.equal(outbox.turn(all)[0]?.body, "first");
  });

  it("does not trust a clock that stands before a time that it has stored", () => {
    outbox.tend({ wallMs: 50_000, monotonicMs: 49_000 });
    outbox.close();
    outbox = open(49_999);
    assert.deepEqual(
      outbox.boots().map(({ clockTrusted }) => clockTrusted),
      [true, false],
    );
  });

  it("removes a piece of evidence with the last item that refers to it", () => {
    outbox.record(heard("a", { evidence: [picture("1.png", 1)] }));
    outbox.record(heard("b", { evidence: [picture("same.png", 1), picture("2.png", 2)] }));
    assert.equal(files().length, 2);
    const forwarded = (id: string) => ({ id, outcome: "forwarded", reason: "accepted", detail: "" }) as const;
    outbox.settle({ accepted: [], ended: [forwarded("b")] });
    assert.equal(files().length, 1);
    outbox.settle({ accepted: [], ended: [forwarded("a")] });
    assert.equal(files().length, 0);
  });

  it("sweeps files that a crash left without a row", () => {
    outbox.record(heard("a", { evidence: [picture("1.png", 1)] }));
    outbox.close();
    const stray = join(folder.path, "evidence", "ff");
    writeFileSync(join(folder.path, "staged", "half"), "half a picture");
    rmSync(stray, { recursive: true, force: true });
    const [kept] = files();
    writeFileSync(join(kept?.parentPath ?? "", "f".repeat(64)), "whole, but nobody's");
    outbox = open();
    assert.deepEqual(
      files().map(({ name }) => name),
      [kept?.name],
    );
    assert.deepEqual(readdirSync(join(folder.path, "staged")), []);
  });

  it("balances: heard is forwarded, refused, dropped and kept, each once however often it is said", () => {
    for (const id of ["a", "b", "c", "d"]) outbox.record(heard(id, { urgent: id === "d" }));
    const ended = [
      { id: "a", outcome: "forwarded", reason: "accepted", detail: "" },
      { id: "b", outcome: "refused", reason: "event-too-old", detail: "too old" },
    ] as const;
    outbox.settle({ accepted: [], ended });
    outbox.settle({ accepted: [], ended });
    assert.deepEqual(outbox.balance(), {
      heard: 4,
      kept: 2,
      keptUrgent: 1,
      ended: [
        { outcome: "forwarded", reason: "accepted", count: 1 },
        { outcome: "refused", reason: "event-too-old", count: 1 },
      ],
    });
    assert.deepEqual(structuredClone(outbox.ledger(10)), [
      {
        atMs: 1_000,
        itemId: "b",
        evidence: null,
        outcome: "refused",
        reason: "event-too-old",
        detail: "too old",
      },
    ]);
  });

  it("ends a turn before its evidence is too large, and gives one large item alone", () => {
    for (const id of ["a", "b"]) outbox.record(heard(id, { evidence: [picture("1.png", id.charCodeAt(0))] }));
    assert.deepEqual(ids({ evidenceBytesMax: 1 }), ["a"]);
  });

  it("holds a ballast that takes its room for real", () => {
    const { size, blocks } = statSync(join(folder.path, "ballast"));
    assert.equal(size, ballastBytes);
    assert.ok(blocks * 512 >= ballastBytes, `${blocks} blocks`);
  });

  it("refuses a store that a newer gateway wrote, and leaves it as it is", () => {
    outbox.close();
    const path = join(folder.path, "gateway.db");
    const database = new DatabaseSync(path);
    const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
    database.exec("PRAGMA user_version = 99");
    database.close();
    assert.throws(open, /version 99.*install the newer gateway again/);
    const again = new DatabaseSync(path);
    again.exec(`PRAGMA user_version = ${version}`);
    again.close();
    outbox = open();
    assert.ok(existsSync(path));
  });

  it("applies each migration once, whole or not at all", () => {
    const database = new DatabaseSync(":memory:");
    const steps = ["CREATE TABLE a (x) STRICT", "CREATE TABLE b (x INTEGER) STRICT"];
    assert.throws(() => migrate(database, steps));
    assert.deepEqual(database.prepare("SELECT name FROM sqlite_schema").all(), []);
    database.close();
  });
});
