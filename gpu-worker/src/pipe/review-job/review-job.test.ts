import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nothingAllowed } from "@vigil/core/consent/wire";
import { createTracer } from "@vigil/core/platform/trace";
import type { Job, JobMoment } from "@vigil/core/review/wire";
import * as fc from "fast-check";
import { makeJob, makeMoment } from "../../../testing/make-job.ts";
import { ReviewNotWanted } from "../../api/index.ts";
import { createLooksOfReviews } from "../second-stage/index.ts";
import { type Ending, type Examine, JobFailed, review } from "./index.ts";

const worker = {
  id: "w",
  provider: "cpu",
  model: { name: "m", sha256: "5".repeat(64) },
  capabilities: { faces: false, reidentification: false, plates: false },
};
const seen: Ending = {
  outcome: "reviewed",
  seen: {
    detections: [{ label: "cat", confidence: 0.123456, box: [0.1234567, 0, 0.5, 0.5] }],
    bestConfidence: 0.5,
  },
};
const lost: Ending = { outcome: "missing", reason: "not fetched within 2000 ms", passing: true };
const gone: Ending = { outcome: "missing", reason: "no longer in the store", passing: false };

function moment(content: number): JobMoment {
  return makeMoment({
    url: "http://host/a",
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
    bytes: new Uint8Array([content]),
  });
}

const tracer = createTracer({ record: undefined });

async function run(job: Job, examine: Examine, looks = createLooksOfReviews()) {
  const parts = { examine, api: { renewUrls: async () => [] }, worker, looks, tracer };
  return review(job, parts, new AbortController().signal);
}

describe("a review", () => {
  it("reports every moment once and in order, whatever becomes of each", async () => {
    const endings: Ending[] = [
      seen,
      gone,
      lost,
      { outcome: "early_exit", seen: { detections: [], bestConfidence: 0 } },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ content: fc.nat(5), ending: fc.nat(3) }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 40 }),
        async (plan, k) => {
          const moments = plan.map(({ content }) => moment(content));
          const byId = new Map(moments.map(({ id }, index) => [id, endings[plan[index]?.ending ?? 0]]));
          const job = makeJob(moments, {
            policy: { k, earlyExitConfidence: 0.2, secondStage: false, inspect: nothingAllowed },
          });
          const report = await run(job, async ({ id }) => byId.get(id) ?? seen).catch((error: unknown) => {
            assert.ok(error instanceof JobFailed);
          });
          if (!report) return;
          assert.deepEqual(
            report.moments.map(({ id }) => id),
            moments.map(({ id }) => id),
          );
          for (const [index, { outcome }] of report.moments.entries()) {
            assert.equal(outcome === "deferred", index >= k);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("looks once at the same bytes and names the twin", async () => {
    const looked: string[] = [];
    const job = makeJob([moment(1), moment(2), moment(1)]);
    const report = await run(job, async ({ id }, _context, twin) => {
      if (!twin) looked.push(id);
      return twin ?? seen;
    });
    assert.equal(looked.length, 2);
    assert.equal(report.moments[2]?.outcome, "duplicate");
    assert.equal(report.moments[2]?.duplicateOf, job.moments[0]?.id);
    assert.deepEqual(report.moments[2]?.detections, report.moments[0]?.detections);
  });

  it("names the frame that was looked at when the twin is a duplicate itself", async () => {
    const job = makeJob([moment(1), moment(2), moment(2)]);
    const [looked, lookalike] = job.moments;
    assert.ok(looked && lookalike && "seen" in seen);
    const report = await run(job, async ({ id }, _context, twin) => {
      if (twin) return twin;
      return id === lookalike.id ? { outcome: "duplicate", seen: seen.seen, of: looked.id } : seen;
    });
    assert.deepEqual(
      report.moments.map(({ duplicateOf }) => duplicateOf),
      [undefined, looked.id, looked.id],
    );
  });

  it("believes the bytes of a twin and not what was announced of them", async () => {
    const altered: Ending = { outcome: "unreadable", reason: "the bytes differ", passing: false };
    const job = makeJob([moment(1), moment(1)]);
    const report = await run(job, async (_moment, _context, twin) => (twin ? altered : seen));
    assert.deepEqual(
      report.moments.map(({ outcome }) => outcome),
      ["reviewed", "unreadable"],
    );
  });

  it("looks at the second of the same bytes itself when the first is gone", async () => {
    const job = makeJob([moment(1), moment(1)]);
    const report = await run(job, async ({ id }) => (id === job.moments[0]?.id ? gone : seen));
    assert.deepEqual(
      report.moments.map(({ outcome }) => outcome),
      ["missing", "reviewed"],
    );
  });

  it("fails as a whole, to be tried again, when nothing came for reasons that may pass", async () => {
    await assert.rejects(
      run(makeJob([moment(1), moment(2)]), async () => lost),
      (error: unknown) => error instanceof JobFailed && error.retryable && /none of 2/.test(error.message),
    );
  });

  it("stands when only some moments are lost, or all of them for good", async () => {
    const some = makeJob([moment(1), moment(2)]);
    const report = await run(some, async ({ id }) => (id === some.moments[0]?.id ? lost : seen));
    assert.deepEqual(
      report.moments.map(({ outcome, reason }) => ({ outcome, reason })),
      [
        { outcome: "missing", reason: "not fetched within 2000 ms" },
        { outcome: "reviewed", reason: undefined },
      ],
    );
    const all = await run(makeJob([moment(1)]), async () => gone);
    assert.equal(all.moments[0]?.outcome, "missing");
  });

  it("stops the other moments when one learns that the review is not wanted", async () => {
    let stopped = false;
    const job = makeJob([moment(1), moment(2)]);
    await assert.rejects(
      run(job, async ({ id }, { signal }) => {
        if (id === job.moments[0]?.id) throw new ReviewNotWanted("cancelled");
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        stopped = true;
        return seen;
      }),
      ReviewNotWanted,
    );
    await new Promise(setImmediate);
    assert.ok(stopped);
  });

  it("gives the same person one track across moments, also in a moment that is its twin's duplicate", async () => {
    const person = {
      label: "person",
      confidence: 0.9,
      box: [0, 0, 0.5, 0.5] as [number, number, number, number],
    };
    const embeddings = [
      [1, 0],
      [1, 0],
      [0, 1],
      [1, 0],
    ].map((values) => new Float32Array(values));
    const job = makeJob([moment(1), moment(2), moment(3), moment(1)]);
    const report = await run(job, async ({ id }, _context, twin) => {
      if (twin) return twin;
      const index = job.moments.findIndex((one) => one.id === id);
      const persons = [{ detection: 0, embedding: embeddings[index] ?? new Float32Array(2) }];
      return {
        outcome: "reviewed",
        seen: { detections: [person], bestConfidence: 0.9, second: { persons } },
      };
    });
    assert.deepEqual(
      report.moments.map(({ detections }) => detections[0]?.trackId),
      ["person-1", "person-1", "person-2", "person-1"],
    );
    assert.equal(report.moments[3]?.outcome, "duplicate");
  });

  it("knows a person of an earlier part of its review again, and nobody of another review", async () => {
    const looks = createLooksOfReviews();
    const person = {
      label: "person",
      confidence: 0.9,
      box: [0, 0, 0.5, 0.5] as [number, number, number, number],
    };
    let content = 10;
    const namesOf = async (of: Partial<Job>, people: readonly number[][], known = looks) => {
      const embeddings = people.map((values) => new Float32Array(values));
      content += people.length;
      const job = { ...makeJob(people.map((_, index) => moment(content + index))), ...of };
      const examine: Examine = async ({ id }) => {
        const index = job.moments.findIndex((one) => one.id === id);
        const persons = [{ detection: 0, embedding: embeddings[index] ?? new Float32Array(3) }];
        return {
          outcome: "reviewed",
          seen: { detections: [person], bestConfidence: 0.9, second: { persons } },
        };
      };
      const { moments } = await run(job, examine, known);
      return moments.map(({ detections }) => detections[0]?.trackId);
    };
    const [ann, bob, eve] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ] as const;
    const { reviewId } = makeJob([moment(1)]);
    const [own, other] = [`${reviewId.slice(0, -1)}a`, `${reviewId.slice(0, -1)}b`];
    assert.deepEqual(await namesOf({ reviewId: own, part: 0 }, [[...ann], [...bob]]), [
      "person-1",
      "person-2",
    ]);
    assert.deepEqual(await namesOf({ reviewId: own, part: 1 }, [[...bob], [...eve]]), [
      "person-2@0",
      "person-3@0",
    ]);
    assert.deepEqual(await namesOf({ reviewId: own, part: 2 }, [[...eve]]), ["person-3@0"]);
    assert.deepEqual(
      await namesOf({ reviewId: own, part: 1 }, [[...eve]]),
      ["person-1"],
      "a part that is looked at again",
    );
    assert.deepEqual(await namesOf({ reviewId: other, part: 1 }, [[...bob]]), ["person-1"], "another review");
    const elsewhere = createLooksOfReviews();
    assert.deepEqual(
      await namesOf({ reviewId: own, part: 3 }, [[...bob]], elsewhere),
      ["person-1"],
      "another worker",
    );
  });

  it("rounds what it reports to four decimals", async () => {
    const report = await run(makeJob([moment(1)]), async () => seen);
    assert.deepEqual(report.moments[0]?.detections[0], {
      label: "cat",
      confidence: 0.1235,
      box: [0.1235, 0, 0.5, 0.5],
    });
  });
});
