/** The k6 scenarios, run in Node against a stand-in of the API that keeps to the wire formats. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { EventInput } from "@vigil/core/event/wire";
import { arrivalsOf, durationMs } from "../load-tests/k6-in-node/executors.ts";
import { refuseForeign } from "../load-tests/k6-in-node/http.ts";
import { counter, holds, percentile, rate, trend } from "../load-tests/k6-in-node/measurements.ts";

const runner = path.resolve(import.meta.dirname, "../load-tests/run-in-node.ts");

type Seen = {
  events: EventInput[];
  pictures: Set<string>;
  keys: Set<string>;
  polls: number;
  granted: number;
};
type Manner = { answerEvents?: (count: number) => number; reviewsMax?: number; balanced?: boolean };

/** Accepts events, grants reviews while there are any, and has a digest at the second poll. */
async function startApi({
  answerEvents = () => 202,
  reviewsMax = Number.POSITIVE_INFINITY,
  balanced = true,
}: Manner = {}) {
  const seen: Seen = { events: [], pictures: new Set(), keys: new Set(), polls: 0, granted: 0 };

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const where = `${request.method} ${request.url}`;
    if (where === "POST /v1/events") {
      const form = await new Response(body, {
        headers: { "content-type": request.headers["content-type"] ?? "" },
      }).formData();
      const event = form.get("event");
      assert.ok(typeof event === "string");
      seen.events.push(EventInput.parse(JSON.parse(event)));
      const picture = form.get("image");
      assert.ok(picture instanceof File && picture.type === "image/jpeg");
      seen.pictures.add(Buffer.from(await picture.arrayBuffer()).toString("base64"));
      return { status: answerEvents(seen.events.length), body: { sessionId: "ses_1" } };
    }
    if (where === "POST /v1/sessions/ses_1/reviews") {
      seen.keys.add(String(request.headers["idempotency-key"]));
      if (seen.granted >= reviewsMax) return { status: 429, body: { code: "quota-exceeded" } };
      seen.granted += 1;
      return { status: 202, body: { id: "rev_1", state: "queued" } };
    }
    if (where === "GET /v1/reviews/rev_1") {
      seen.polls += 1;
      return {
        status: 200,
        body: seen.polls % 2 ? { state: "running" } : { state: "completed", digestId: "dig_1" },
      };
    }
    if (where === "GET /v1/digests/dig_1") {
      return { status: 200, body: { title: "One person", model: { name: "yolov8n" } } };
    }
    if (where === "GET /v1/usage") {
      return { status: 200, body: { reviews: { left: reviewsMax - seen.granted } } };
    }
    if (where === "GET /v1/ledger") return { status: 200, body: { balanced } };
    return { status: 404, body: {} };
  }

  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => response.writeHead(status, { "retry-after": "60" }).end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    seen,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe("load-tests/run-in-node.ts", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vigil-load-"));
    await writeFile(path.join(folder, "photo.jpg"), "a picture, as far as this API cares");
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function run(
    apiUrl: string,
    scenario: string,
    ...args: string[]
  ): Promise<{ code: number; output: string }> {
    const local = path.join(folder, "local.json");
    await writeFile(
      local,
      JSON.stringify({
        apiUrl,
        accounts: ["guardian", "pro"].map((tier) => ({
          tier,
          deviceKey: "vgl_dev_x",
          memberToken: "vgl_mem_x",
        })),
      }),
    );
    return new Promise((resolve) => {
      const command = [
        runner,
        scenario,
        "--local",
        local,
        "--photograph",
        path.join(folder, "photo.jpg"),
        ...args,
      ];
      execFile(process.execPath, command, { timeout: 300_000 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
      });
    });
  }

  it("plays the whole scenario and passes when every threshold holds", async () => {
    const api = await startApi();
    const { code, output } = await run(api.url, "smoke", "-e", "VUS=2", "-e", "ITERATIONS=2");
    await api.close();
    // How fast a busy machine answers is not what is tested here: it may break the thresholds of time, and no other.
    assert.equal(code, output.includes("BROKEN") ? 1 : 0, output);
    assert.doesNotMatch(output, /BROKEN (?!\w+_ms:)/);
    assert.equal(api.seen.events.length, 12);
    assert.equal(new Set(api.seen.events.map(({ id }) => id)).size, 12, "an event id was used twice");
    assert.equal(api.seen.pictures.size, 12, "a picture was posted twice with the same bytes");
    assert.equal(api.seen.keys.size, 4);
    assert.match(output, /holds {2}checks: rate==1/);
    assert.match(output, /digest_ms: p\(95\)<60000/);
  });

  it("fails when the API does", async () => {
    const api = await startApi({ answerEvents: (count) => (count === 2 ? 500 : 202) });
    const { code, output } = await run(api.url, "smoke", "-e", "VUS=1", "-e", "ITERATIONS=2");
    await api.close();
    assert.equal(code, 1, output);
    assert.match(output, /iteration failed: .*POST \/v1\/events answered 500/);
    assert.match(output, /BROKEN checks: rate==1/);
  });

  it("speaks to this machine and to no other", async () => {
    const { code, output } = await run("https://api.example.com", "smoke", "-e", "VUS=1");
    assert.equal(code, 1);
    assert.match(output, /expected a loopback address, got api\.example\.com/);
    assert.throws(() => refuseForeign("http://127.0.0.1.example.com/"), /loopback/);
    assert.equal(refuseForeign("http://127.0.0.1:8080/v1").port, "8080");
  });

  it("lets events arrive at their rate, and fails when the ledger does not balance afterwards", async () => {
    const api = await startApi({ balanced: false });
    const { code, output } = await run(
      api.url,
      "steady",
      ...["RATE=10", "DURATION=1s", "EVENTS_PER_REVIEW=5"].flatMap((setting) => ["-e", setting]),
    );
    await api.close();
    assert.equal(code, 1, output);
    assert.equal(api.seen.events.length, 10);
    assert.equal(api.seen.granted, 2);
    assert.match(output, /check failed: the ledger balances/);
    assert.match(output, /holds {2}dropped_iterations: count==0/);
  });

  it("counts who is granted a review of a race, and who is told to come back", async () => {
    const api = await startApi({ reviewsMax: 5 });
    const { code, output } = await run(api.url, "quota-race", "-e", "VUS=8");
    await api.close();
    assert.equal(code, output.includes("BROKEN") ? 1 : 0, output);
    assert.doesNotMatch(output, /BROKEN (?!\w+_ms:)/);
    assert.match(output, /granted +5\nrefused +3\n/);
    const generous = await startApi({ reviewsMax: 7 });
    const broken = await run(generous.url, "quota-race", "-e", "VUS=8");
    await generous.close();
    assert.equal(broken.code, 1);
    assert.match(broken.output, /BROKEN granted: count<=5/);
  });

  it("refuses more than its bounds, and what there is not", async () => {
    const { code, output } = await run("http://127.0.0.1:9", "smoke", "-e", "VUS=20", "-e", "ITERATIONS=51");
    assert.equal(code, 1);
    assert.match(output, /1\.\.1000 iterations, got 20 and 1020/);
    assert.match((await run("http://127.0.0.1:9", "storm")).output, /there is no scenario storm/);
  });
});

describe("executors in Node", () => {
  it("read durations as k6 does", () => {
    assert.equal(durationMs("1m30s"), 90_000);
    assert.equal(durationMs("250ms"), 250);
    assert.throws(() => durationMs("soon"), /expected a duration/);
    assert.throws(() => durationMs("5"), /expected a duration/);
  });

  it("start iterations when they are due", () => {
    const arriving = { timeUnit: "1s", preAllocatedVUs: 1, maxVUs: 1 };
    const steady = arrivalsOf({ executor: "constant-arrival-rate", rate: 4, duration: "2s", ...arriving });
    assert.deepEqual(steady, [0, 250, 500, 750, 1_000, 1_250, 1_500, 1_750]);
    const rising = arrivalsOf({
      executor: "ramping-arrival-rate",
      startRate: 0,
      stages: [
        { target: 10, duration: "2s" },
        { target: 10, duration: "1s" },
      ],
      ...arriving,
    });
    assert.equal(rising.length, 20);
    assert.ok(rising.every((at, index) => index === 0 || at > (rising[index - 1] ?? 0)));
    assert.equal(Math.round(rising[5] ?? 0), Math.round(2_000 * Math.sqrt(5 / 10)));
    assert.deepEqual(rising.slice(10, 12).map(Math.round), [2_000, 2_100]);
  });
});

describe("thresholds in Node", () => {
  it("read as they do in k6", () => {
    trend("t", true).values.push(10, 20, 30, 40);
    Object.assign(rate("r"), { passes: 99, total: 100 });
    assert.equal(percentile([10, 20, 30, 40], 50), 25);
    assert.deepEqual(holds("t", "p(95)<38.6"), { ok: true, value: 38.5 });
    assert.equal(holds("t", "max<=40").ok, true);
    assert.equal(holds("t", "avg>25").ok, false);
    assert.equal(holds("r", "rate==1").ok, false);
    assert.equal(holds("r", "rate>0.98").ok, true);
    counter("c").count = 5;
    assert.deepEqual(holds("c", "count<=5"), { ok: true, value: 5 });
    assert.equal(holds("c", "count==0").ok, false);
  });

  it("do not hold for what was never measured", () => {
    assert.equal(holds("nothing", "p(95)<1000").ok, false);
    assert.throws(() => holds("t", "fast"), /expected a threshold/);
  });
});
