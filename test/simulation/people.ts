/** Devices and members of a run: they repeat what got no answer, remember what they were told, and pry where they should not. */
import { randomUUID } from "node:crypto";
import { noise } from "../../edge-gateway/testing/event-items.ts";
import type { House } from "./house.ts";
import { rest } from "./outside.ts";
import type { Deed } from "./plan.ts";

/** What a client holds a promise for. */
export type Told = {
  events: { account: string; clientId: string; eventId: string; sessionId: string }[];
  reviews: { account: string; reviewId: string }[];
};

export type People = { told: Told; act(deed: Deed, number: number): Promise<void> };

type Accepted = { id: string; sessionId: string; uploads: unknown[] };

const triesMax = 40;
const boundary = "----simulated";

export function createPeople(house: House): People {
  const { world, network, seeded } = house;
  const told: Told = { events: [], reviews: [] };

  /** Until an answer comes that is one. */
  async function insist(path: string, init: RequestInit): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      const answer = await network.ask(path, init).catch(() => undefined);
      const passes =
        answer === undefined || answer.status >= 500 || answer.status === 429 || answer.status === 409;
      if (answer && (!passes || tries >= triesMax)) return answer;
      if (tries >= triesMax) throw new Error(`${path} got no answer in ${tries} tries`);
      await rest(world, Math.min(30_000, 500 * 2 ** tries));
    }
  }

  const accountOf = (index: number) => {
    const account = seeded.accounts[index];
    if (!account) throw new RangeError(`expected an account ${index}`);
    return account;
  };

  async function report(deed: Extract<Deed, { kind: "event" }>, number: number): Promise<void> {
    const { accountId, deviceKey } = accountOf(deed.account);
    const clientId = `event-${number}`;
    const event = {
      id: clientId,
      type: deed.type,
      zone: deed.zone,
      mode: "away",
      confidence: 0.9,
      occurredAt: new Date(world.nowMs).toISOString(),
    };
    const body = deed.pictures === 0 ? JSON.stringify(event) : formOf(event, number, deed.pictures);
    const contentType =
      deed.pictures === 0 ? "application/json" : `multipart/form-data; boundary=${boundary}`;
    const init = {
      method: "POST",
      headers: { authorization: `Bearer ${deviceKey}`, "content-type": contentType },
      body: body as NonNullable<RequestInit["body"]>,
    };
    const send = async () => {
      for (let isWhole = false; !isWhole; ) {
        const answer = await insist("/v1/events", init);
        if (answer.status !== 202) {
          const why = await answer.text();
          return world.violate("event-refused", `${clientId} was answered with ${answer.status}: ${why}`);
        }
        const { id, sessionId, uploads } = (await answer.json()) as Accepted;
        told.events.push({ account: accountId, clientId, eventId: id, sessionId });
        // What the store did not take comes with the same event once more.
        isWhole = uploads.length === 0;
        if (!isWhole) await rest(world, 5_000);
      }
    };
    await Promise.all(deed.isTwice ? [send(), send()] : [send()]);
  }

  async function askReview({ account }: Extract<Deed, { kind: "ask" }>): Promise<void> {
    const { accountId, memberToken } = accountOf(account);
    const seen = told.events.findLast((event) => event.account === accountId);
    if (!seen) return;
    const answer = await insist(`/v1/sessions/${seen.sessionId}/reviews`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${memberToken}`,
        "content-type": "application/json",
        "idempotency-key": randomUUID(),
      },
      body: "{}",
    });
    if (!answer.ok) return;
    const { id } = (await answer.json()) as { id: string };
    told.reviews.push({ account: accountId, reviewId: id });
  }

  /** Every id that others were told of is none here. */
  async function pry({ account }: Extract<Deed, { kind: "pry" }>): Promise<void> {
    const { accountId, memberToken } = accountOf(account);
    const headers = { authorization: `Bearer ${memberToken}` };
    const paths = [
      ...told.events
        .filter((event) => event.account !== accountId)
        .flatMap(({ eventId, sessionId }) => [`/v1/events/${eventId}`, `/v1/sessions/${sessionId}`]),
      ...told.reviews
        .filter((review) => review.account !== accountId)
        .map(({ reviewId }) => `/v1/reviews/${reviewId}`),
    ];
    for (const path of paths.slice(0, 6)) {
      const answer = await insist(path, { headers });
      if (answer.status !== 404) {
        world.violate("foreign-answer", `${path} was answered with ${answer.status}`);
      }
    }
    const own = await insist("/v1/ledger", { headers });
    if (own.ok && !((await own.json()) as { balanced: boolean }).balanced) {
      world.violate("ledger", `the ledger of ${accountId} does not balance`);
    }
  }

  return {
    told,
    async act(deed, number) {
      await rest(world, deed.afterMs);
      if (deed.kind === "event") await report(deed, number);
      if (deed.kind === "ask") await askReview(deed);
      if (deed.kind === "pry") await pry(deed);
    },
  };
}

/** The same bytes for the same event, however often it is sent. */
function formOf(event: object, number: number, pictures: number): Uint8Array {
  const part = (head: string, body: Uint8Array | string) =>
    Buffer.concat([Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), Buffer.from(body), Buffer.from("\r\n")]);
  return Buffer.concat([
    part(
      'content-disposition: form-data; name="event"\r\ncontent-type: application/json',
      JSON.stringify(event),
    ),
    ...Array.from({ length: pictures }, (_, index) =>
      part(
        `content-disposition: form-data; name="image"; filename="${index}.png"\r\ncontent-type: image/png`,
        noise(1_000 + number * 10 + index),
      ),
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}
