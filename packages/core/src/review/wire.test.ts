import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { Job } from "./wire.ts";

const golden = readFileSync(new URL("../../golden/job.v1.json", import.meta.url), "utf8");

/** The golden job with the value at a path, such as `moments.0.url`, replaced. */
function jobWith(path: string, value: unknown): unknown {
  const job: unknown = JSON.parse(golden);
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  const parent = steps.reduce<unknown>((part, step) => (part as Record<string, unknown>)[step], job);
  (parent as Record<string, unknown>)[last] = value;
  return job;
}

describe("a job", () => {
  it("names pictures by http and https alone", () => {
    for (const url of ["http://a.example/b", "https://a.example/b?c=d"]) {
      assert.ok(Job.safeParse(jobWith("moments.0.url", url)).success, url);
    }
    for (const url of [
      "file:///etc/passwd",
      "javascript:alert(1)",
      "data:image/png;base64,AAAA",
      "ftp://a.example/b",
      "memory:a",
      `https://a.example/${"b".repeat(5_000)}`,
    ]) {
      assert.ok(!Job.safeParse(jobWith("moments.0.url", url)).success, url.slice(0, 40));
    }
  });

  it("has a bound on every number", () => {
    const numbers = ["part", "priority", "policy.k", "policy.earlyExitConfidence", "moments.0.bytes"];
    for (const path of numbers) {
      for (const value of [-1, 2 ** 31, 2 ** 53, 1.7e308]) {
        assert.ok(!Job.safeParse(jobWith(path, value)).success, `${path} ${value}`);
      }
    }
  });
});
