import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { createMalformedLog } from "./malformed-log.ts";

const MIB = 1024 * 1024;

describe("the log of malformed input", () => {
  it("fills five files of at most 1 MiB in turn, the latest first, and forgets what is older", async () => {
    using folder = temporaryFolder();
    const excerpt = "#".repeat(80);
    let second = 0;
    const faults: unknown[] = [];
    for (let piece = 0; piece < 60; piece++) {
      const notes = createMalformedLog(folder.path, (error) => faults.push(error));
      for (let line = 0; line < 1_000; line++) {
        // 50 lines a second are noted.
        if (line % 50 === 0) second++;
        notes.note(new Date(second * 1_000), `S${piece}`, "value", excerpt);
      }
      await notes.close();
    }
    const names = [
      "malformed.1.log",
      "malformed.2.log",
      "malformed.3.log",
      "malformed.4.log",
      "malformed.log",
    ];
    assert.deepEqual(readdirSync(folder.path).toSorted(), names);
    for (const name of names) assert.ok(statSync(join(folder.path, name)).size <= MIB, name);
    assert.match(readFileSync(join(folder.path, "malformed.log"), "utf8"), / S59 value "#{80}"\n$/);
    assert.doesNotMatch(readFileSync(join(folder.path, "malformed.4.log"), "utf8"), / S0 /);
    assert.deepEqual(faults, []);
  });

  it("notes 50 lines a second, and says with the next how many were not", async () => {
    using folder = temporaryFolder();
    const faults: unknown[] = [];
    const notes = createMalformedLog(folder.path, (error) => faults.push(error));
    for (let line = 0; line < 60; line++) notes.note(new Date(1_000), "S1", "junk", "x");
    notes.note(new Date(2_000), "S1", "junk", "x");
    await notes.close();
    const lines = readFileSync(join(folder.path, "malformed.log"), "utf8").trim().split("\n");
    assert.equal(lines.length, 51);
    assert.match(lines.at(-1) ?? "", /\(10 more were not noted\)$/);
    assert.deepEqual(faults, []);
  });
});
