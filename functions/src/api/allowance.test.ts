/** The allowance of Guardian through the running API: exact, however many ask at once and in however many processes. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { connect } from "@vigil/core/db";
import { plantSessions } from "../../../packages/core/testing/plant.ts";
import { createTestServices } from "../../../packages/core/testing/services.ts";
import { createTestApi, problemOf, signIn, type TestApi } from "../../testing/api.ts";
import { createApp } from "../app.ts";

const requests = 200;
const hourSeconds = 3_600;

type App = ReturnType<typeof createApp>;

describe("200 simultaneous requests of one Guardian account", () => {
  let api: TestApi;
  let second: App;
  let close: () => Promise<void>;
  before(async () => {
    api = await createTestApi();
    // Another process: its own services and its own pool on the same database, and the same time of day.
    const database = connect(api.base.appUrl, { connectionsMax: 4 });
    second = createApp(createTestServices({ ...api.base, database }, api.services.clock), { signIn });
    close = () => database.close();
  });
  after(async () => {
    await close();
    await api.close();
  });

  /** Asks for the reviews of so many sessions at once; with two processes each gets every other request. */
  async function storm(at: Date, processes: 1 | 2, count = requests): Promise<Response[]> {
    api.services.clock.set(at);
    const account = api.account("guardian");
    const sessions = await plantSessions(api.base.owner, account, { sessions: count, moments: 1, at });
    return Promise.all(
      sessions.map(async (sessionId, index) => {
        const path = `/v1/sessions/${sessionId}/reviews`;
        const headers = { "idempotency-key": randomUUID() };
        if (processes === 1 || index % 2 === 0) {
          return api.call("POST", path, { key: account.memberToken, json: {}, headers });
        }
        return second.request(path, {
          method: "POST",
          headers: {
            ...headers,
            authorization: `Bearer ${account.memberToken}`,
            "content-type": "application/json",
          },
          body: "{}",
        });
      }),
    );
  }

  async function assertExact(answers: Response[], { window, reset }: { window: number; reset: number }) {
    const accepted = answers.filter((answer) => answer.status === 202);
    const refused = answers.filter((answer) => answer.status === 429);
    const others = answers.filter((answer) => answer.status !== 202 && answer.status !== 429);
    assert.deepEqual(await Promise.all(others.map((answer) => answer.text())), [], "nothing but 202 and 429");
    assert.deepEqual([accepted.length, refused.length], [5, answers.length - 5]);
    for (const answer of answers) {
      assert.equal(answer.headers.get("ratelimit-policy"), `"daily";q=5;w=${window}`);
    }
    const left = accepted
      .map((answer) => answer.headers.get("ratelimit") ?? "")
      .toSorted((a, b) => (a < b ? -1 : 1));
    assert.deepEqual(
      left,
      [0, 1, 2, 3, 4].map((remaining) => `"daily";r=${remaining};t=${reset}`),
    );
    for (const answer of refused) {
      assert.equal(answer.headers.get("ratelimit"), `"daily";r=0;t=${reset}`);
      assert.equal(answer.headers.get("retry-after"), String(reset));
      assert.equal((await problemOf(answer)).code, "quota-exceeded");
    }
  }

  const moveTo = (timeZone: string) =>
    api.base
      .owner`update account set time_zone = ${timeZone}, quota_stretched = null where tier = 'guardian'`;
  const day = 24 * hourSeconds;

  it("accepts five and refuses 195 with when to ask again", async () => {
    await moveTo("Europe/London");
    const answers = await storm(new Date("2026-06-01T20:30:00Z"), 1);
    await assertExact(answers, { window: day, reset: 2.5 * hourSeconds });
  });

  it("accepts five more from the account's midnight, and not a second before", async () => {
    const late = await storm(new Date("2026-06-01T22:59:59Z"), 1, 20);
    assert.ok(late.every((answer) => answer.status === 429));
    const answers = await storm(new Date("2026-06-01T23:00:00Z"), 1);
    await assertExact(answers, { window: day, reset: day });
  });

  it("accepts five when two processes share the requests", async () => {
    const answers = await storm(new Date("2026-06-05T12:00:00Z"), 2);
    await assertExact(answers, { window: day, reset: 11 * hourSeconds });
  });

  it("accepts five on the day of 23 hours, and on the day of 25 hours, of London", async () => {
    // Clocks go forward on 29 March 2026 at 01:00 UTC: the night in question.
    await assertExact(await storm(new Date("2026-03-29T00:59:59Z"), 2, 60), {
      window: 23 * hourSeconds,
      reset: 22 * hourSeconds + 1,
    });
    const repeated = await storm(new Date("2026-10-25T00:30:00Z"), 2, 60);
    await assertExact(repeated, { window: 25 * hourSeconds, reset: 23.5 * hourSeconds });
    // 01:30 is shown once more, an hour later, on the same day.
    const again = await storm(new Date("2026-10-25T01:30:00Z"), 2, 20);
    assert.ok(again.every((answer) => answer.status === 429));
  });

  it("accepts five on the day that begins at 01:00, of Santiago", async () => {
    await moveTo("America/Santiago");
    // On 6 September 2026 midnight is skipped: the day begins at 01:00, which is 04:00 UTC.
    await assertExact(await storm(new Date("2026-09-06T03:59:59Z"), 1, 20), { window: day, reset: 1 });
    await assertExact(await storm(new Date("2026-09-06T04:00:00Z"), 2, 60), {
      window: 23 * hourSeconds,
      reset: 23 * hourSeconds,
    });
  });
});
