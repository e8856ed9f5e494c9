/**
 * One file per message and version. Devices, workers and messages that wait in a queue may be older than this code: what
 * was once valid must parse for ever. A file here is never edited; a new shape gets a new version and a file of its own.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import type * as z from "zod";
import { DigestReport } from "../src/digest/wire.ts";
import { EventInput } from "../src/event/wire.ts";
import { Job } from "../src/review/wire.ts";
import { EvidenceUrls, FailureReport, Heartbeat } from "../src/worker/wire.ts";

const schemas: Record<string, z.ZodType> = {
  "event.v1.json": EventInput,
  "job.v1.json": Job,
  "digest-report.v1.json": DigestReport,
  "heartbeat.v1.json": Heartbeat,
  "failure-report.v1.json": FailureReport,
  "evidence-urls.v1.json": EvidenceUrls,
};

describe("golden wire files", () => {
  it("cover every file and every schema", () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".json"));
    assert.deepEqual(files.toSorted(), Object.keys(schemas).toSorted());
  });
  for (const [file, schema] of Object.entries(schemas)) {
    it(`${file} parses and loses nothing`, () => {
      const value: unknown = JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
      // What came later has a default; of what is there everything is read.
      assert.partialDeepStrictEqual(schema.parse(value), value);
    });
  }
});
