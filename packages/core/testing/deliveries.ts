/** What tests of telling have in common: a digest comes about, and the queue of deliveries is worked as its function does. */
import assert from "node:assert/strict";
import type { EventType } from "../src/event/wire.ts";
import { attemptDelivery, type Channels, reportDigest, requestReview } from "../src/flow/index.ts";
import { image } from "./images.ts";
import { type Arranged, findingsFor } from "./walk.ts";

/** Somebody at the front door, of whom there are pictures, in a session of its own. @returns the digest's id */
export async function makeDigest(
  walk: Arranged,
  { type = "person", pictures = 1 }: { type?: EventType; pictures?: number } = {},
): Promise<string> {
  // Later than the session before.
  walk.services.clock.advance(5 * 60_000);
  const images = Array.from({ length: pictures }, (_, index) => image(`${index}.jpg`, index + 1));
  const { sessionId } = await walk.post(
    walk.event({ type, zone: "front_door", mode: "away" }),
    await Promise.all(images),
  );
  await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
  return reportPerson(walk);
}

/** The worker that takes the next job sees a person in every picture. @returns the digest's id */
export async function reportPerson(walk: Arranged): Promise<string> {
  await walk.beat();
  const [job] = await walk.receive();
  assert.ok(job, "expected a job in the queue");
  const findings = findingsFor(job, [{ label: "person", confidence: 0.9, box: [0.1, 0.1, 0.2, 0.5] }]);
  return (await reportDigest(walk.services, findings)).digestId;
}

/** Works the queue until it is empty. @returns what each attempt came to */
export async function workDeliveries({ services }: Arranged, channels: Channels): Promise<string[]> {
  const outcomes: string[] = [];
  for (;;) {
    const messages = await services.deliveries.receive({
      messagesMax: 10,
      waitSeconds: 0,
      visibilitySeconds: 60,
    });
    if (messages.length === 0) return outcomes;
    for (const message of messages) {
      outcomes.push(await attemptDelivery(services, channels, JSON.parse(message.body)));
      await services.deliveries.delete(message);
    }
  }
}
