/** A batch is what its events would be one after the other, and costs as much as a few of them. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import * as fc from "fast-check";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { createTestServices, type TestServices } from "../../../testing/services.ts";
import type { EventAccepted, EventInput } from "../../event/wire.ts";
import * as Id from "../../id.ts";
import { Problem } from "../../problem.ts";
import type { SeededAccount } from "../../seed/index.ts";
import { addDevice } from "../operate/change-devices.ts";
import { acceptEvents } from "./accept-batch.ts";
import { acceptEvent } from "./accept-event.ts";

type Sender = { accountId: string; deviceId: string; key: string };
type Answer = EventAccepted | Problem;

const minute = 60_000;
const day = 24 * 60 * minute;

describe("a batch of events", () => {
  let base: TestDatabase;
  let services: TestServices;
  let pair: readonly [SeededAccount, SeededAccount];
  before(async () => {
    const plan = ["by one", "at once"].map((name) => ({
      name,
      tier: "guardian" as const,
      siteName: "Home",
      deviceName: "Camera",
      timeZone: "Europe/London",
    }));
    base = await createTestDatabase(plan);
    // What is usual there is measured once for a batch: sites that are too new to tell are judged alike.
    await base.owner`update site set created_at = now() + interval '10 years'`;
    services = createTestServices(base);
    const [one, other] = base.seeded.accounts;
    assert.ok(one && other);
    pair = [one, other];
  });
  after(() => base.close());

  /** Devices that nobody has heard of yet, one at either site, in days of their own. */
  async function twins(): Promise<[Sender, Sender]> {
    services.clock.advance(3 * day);
    const [one, other] = await Promise.all(
      pair.map(async ({ accountId, siteId }) => {
        const added = await addDevice(services, { accountId, actor: "test" }, { name: "twin", siteId });
        return { accountId, deviceId: added.id, key: added.key };
      }),
    );
    assert.ok(one && other);
    return [one, other];
  }

  async function oneByOne({ key }: Sender, inputs: readonly EventInput[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const input of inputs) {
      answers.push(
        await acceptEvent(services, { key, input }).catch((error: unknown) => {
          if (error instanceof Problem) return error;
          throw error;
        }),
      );
    }
    return answers;
  }

  /** Ids by the order in which they were answered first: two sites' answers can be compared. */
  function told(answers: readonly Answer[]): string[] {
    const names = new Map<string, string>();
    const named = (id: string) => {
      const name = names.get(id) ?? `#${names.size}`;
      names.set(id, name);
      return name;
    };
    return answers.map((answer) => {
      if (answer instanceof Problem) return `${answer.code} ${answer.message}`;
      const { id, status, assessment } = answer;
      return JSON.stringify({ id, status, assessment }).replace(/evt_[0-9a-f]{32}/g, named);
    });
  }

  /** What lies in the database: each event's time, and which others are in its session. */
  async function stored({ deviceId }: Sender) {
    const rows = await base.owner<{ client: string; session: string; at: Date; span: string }[]>`
      select e.client_id as client, e.session_id as session, e.occurred_at as at,
        concat_ws(' ', s.state, s.first_event_at, s.last_event_at, s.closes_at, s.level_rank, s.score, s.merged_into is null) as span
      from event e join session s on s.id = e.session_id where e.device_id = ${deviceId} order by e.occurred_at, e.client_id`;
    const names = [...new Set(rows.map(({ session }) => session))];
    return rows.map((row) => ({ ...row, session: names.indexOf(row.session) }));
  }
  const clockOf = async ({ deviceId }: Sender) =>
    JSON.stringify(
      (await base.owner`select skew - 'samples' as clock from device where id = ${deviceId}`)[0],
    );

  const same = (actual: readonly unknown[], expected: readonly unknown[]) => {
    for (const [index, one] of expected.entries()) assert.deepEqual(actual[index], one, `event ${index}`);
    assert.equal(actual.length, expected.length);
  };
  async function compare(inputs: readonly EventInput[]): Promise<void> {
    const [one, other] = await twinsAt(inputs);
    same(told(other.answers), told(one.answers));
    same(await stored(other.sender), await stored(one.sender));
    assert.deepEqual(await clockOf(other.sender), await clockOf(one.sender));
  }
  async function twinsAt(inputs: readonly EventInput[]) {
    const [one, other] = await twins();
    const dated = inputs.map((input) => ({
      ...input,
      occurredAt: new Date(services.clock.now().getTime() + Number(input.occurredAt)).toISOString(),
    }));
    return [
      { sender: one, answers: await oneByOne(one, dated) },
      { sender: other, answers: await acceptEvents(services, other, dated) },
    ] as const;
  }

  /** `occurredAt` in milliseconds after now. */
  const input = fc.record({
    id: fc.integer({ min: 0, max: 30 }).map((number) => `event-${number}`),
    type: fc.constantFrom("person", "motion", "door", "glass_break", "smoke", "doorbell", "vehicle"),
    occurredAt: fc.oneof(
      fc.integer({ min: -120_000, max: 0 }),
      fc.integer({ min: -40 * minute, max: 0 }),
      fc.constantFrom(-45 * day, 20 * minute),
    ),
    zone: fc.constantFrom("front_door", "garden", "hall", undefined),
    mode: fc.constantFrom("away", "home", undefined),
    confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  }) as unknown as fc.Arbitrary<EventInput>;

  it("is judged, put into sessions and refused as its events would be one after the other", async () => {
    await fc.assert(fc.asyncProperty(fc.array(input, { minLength: 1, maxLength: 25 }), compare), {
      numRuns: 25,
    });
  });

  it("of a gateway that was offline for a day is a session for each happening", async () => {
    const inputs = Array.from({ length: 100 }, (_, index) => ({
      id: `kept-${index}`,
      type: "person" as const,
      occurredAt: String(-day + Math.floor(index / 5) * 10 * minute + (index % 5) * 7_000),
    }));
    const [one, other] = await twinsAt(inputs);
    same(told(other.answers), told(one.answers));
    const rows = await stored(other.sender);
    same(rows, await stored(one.sender));
    assert.equal(new Set(rows.map(({ session }) => session)).size, 20);
  });

  it("of a clock that is an hour ahead teaches what the clock is, and is told its true times", async () => {
    const inputs = Array.from({ length: 6 }, (_, index) => ({
      id: `ahead-${index}`,
      type: "person" as const,
      occurredAt: String(60 * minute + index * 1_000),
    }));
    await compare(inputs);
  });

  it("costs a few transactions, however many events are in it", async () => {
    const [, sender] = await twins();
    const now = services.clock.now().getTime();
    const inputs = Array.from({ length: 100 }, (_, index) => ({
      id: `cheap-${index}`,
      type: "motion" as const,
      occurredAt: new Date(now - (index + 1) * 3 * minute).toISOString(),
    }));
    let taken = 0;
    const { database } = services;
    const shares: typeof database.shares = (holder, work) => {
      taken += 1;
      return database.shares(holder, work);
    };
    const answers = await acceptEvents({ ...services, database: { ...database, shares } }, sender, inputs);
    assert.ok(answers.every((answer) => !(answer instanceof Problem) && answer.status === "accepted"));
    assert.ok(taken <= 2, `took a connection ${taken} times`);
  });

  it("is recorded once, whoever else sends the same events at the same time", async () => {
    const [, sender] = await twins();
    const at = services.clock.now().toISOString();
    const inputs = Array.from({ length: 40 }, (_, index) => ({
      id: `race-${index}`,
      type: "person" as const,
      occurredAt: at,
    }));
    const all = await Promise.all([
      ...Array.from({ length: 4 }, () => acceptEvents(services, sender, inputs)),
      ...inputs
        .slice(0, 10)
        .map(async (one) => [await acceptEvent(services, { key: sender.key, input: one })]),
    ]);
    const accepted = all
      .flat()
      .filter((answer) => !(answer instanceof Problem) && answer.status === "accepted");
    assert.equal(accepted.length, inputs.length);
    const rows = await stored(sender);
    assert.equal(rows.length, inputs.length);
    const sessions = await base.owner<{ opened: number }[]>`
      select count(*)::int as opened from session s where exists (select from event e where e.session_id = s.id and e.device_id = ${sender.deviceId})`;
    assert.ok((sessions[0]?.opened ?? 0) >= 1);
  });

  it("of a device that was removed, or of another account, is refused whole", async () => {
    const [one, other] = await twins();
    const inputs = [{ id: "a", type: "person" as const, occurredAt: services.clock.now().toISOString() }];
    const strange = { ...one, deviceId: other.deviceId };
    for (const sender of [strange, { ...one, deviceId: Id.create("device") }]) {
      await assert.rejects(
        acceptEvents(services, sender, inputs),
        (error) => error instanceof Problem && error.code === "unauthenticated",
      );
    }
    assert.deepEqual(await stored(other), []);
  });
});
