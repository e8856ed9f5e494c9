/** Plays the stories through the real API, as the devices of the sample accounts would. */

import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { EventAccepted } from "@vigil/core/event/wire";
import { ApiRefusal, createMember } from "../stack/api-client.ts";
import type { Account, LocalFile } from "../stack/local-file.ts";
import { makeBurst } from "./burst.ts";
import { createDevice, type Device } from "./device.ts";
import { readPhotograph } from "./photographs.ts";
import { burstEveryMs, type Story, type StoryEvent, stories } from "./stories.ts";
import { untilTaken } from "./until-taken.ts";

export type FeedOptions = {
  local: LocalFile;
  cacheDir: string;
  onStory: (story: Story) => void;
  onEvent: (account: Account, event: StoryEvent, accepted: EventAccepted) => void;
  /** The household's wish for a review was refused, as when the day's allowance is used up. */
  onRefused: (story: Story, why: string) => void;
  signal: AbortSignal;
};

/** Longer than the silence that ends a session, so that each story is a session of its own. */
const betweenStoriesMs = 3_500;

type Frame = { name: string; bytes: Buffer };
type Prepared = { event: StoryEvent; frames: readonly Frame[] };

async function framesOf(event: StoryEvent, cacheDir: string): Promise<Frame[]> {
  const ofEach = (event.photographs ?? []).map(async (name) => {
    const photograph = await readPhotograph(name, { cacheDir });
    const frames = await makeBurst(photograph, event.burst ?? 1);
    return frames.map((bytes, index) => ({ name: `${name}-${index + 1}.jpg`, bytes }));
  });
  return (await Promise.all(ofEach)).flat();
}

/** Makes every image of the story beforehand, so that its events follow one another without delay. */
async function prepare(story: Story, cacheDir: string): Promise<Prepared[]> {
  return Promise.all(story.events.map(async (event) => ({ event, frames: await framesOf(event, cacheDir) })));
}

async function report(
  device: Device,
  id: string,
  { event, frames }: Prepared,
  at: Date,
): Promise<EventAccepted> {
  const { type, zone, confidence, mode, attributes } = event;
  const details = Object.entries({ zone, confidence, mode, attributes }).filter(
    ([, value]) => value !== undefined,
  );
  const input = { id, type, occurredAt: at.toISOString(), ...Object.fromEntries(details) };
  const images = frames.map((frame, index) => ({
    ...frame,
    capturedAt: new Date(at.getTime() + index * burstEveryMs),
  }));
  return images.length === 0 || event.transport === "upload"
    ? device.postAndUpload(input, images)
    : device.postMultipart(input, images);
}

async function playStory(story: Story, run: string, index: number, options: FeedOptions): Promise<void> {
  const { local, signal } = options;
  const account = local.accounts.find(({ tier }) => tier === story.tier);
  if (!account) throw new Error(`expected an account of the tier ${story.tier} in local.json, got none`);
  const device = createDevice(local.apiUrl, account.deviceKey);
  const prepared = await prepare(story, options.cacheDir);
  options.onStory(story);
  const startMs = Date.now();
  let accepted: EventAccepted | undefined;
  for (const [step, reported] of prepared.entries()) {
    const at = new Date(startMs + reported.event.afterMs);
    await pause(Math.max(0, at.getTime() - Date.now()), undefined, { signal });
    const id = `feed-${run}-${index}-${step}`;
    accepted = await untilTaken(() => report(device, id, reported, at), signal);
    options.onEvent(account, reported.event, accepted);
  }
  if (story.asks && accepted) await ask(story, account, accepted.sessionId, options);
}

async function ask(story: Story, account: Account, sessionId: string, options: FeedOptions): Promise<void> {
  try {
    const member = createMember(options.local.apiUrl, account.memberToken);
    await untilTaken(() => member.requestReview(sessionId), options.signal);
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    options.onRefused(story, error.message);
  }
}

/** Plays every story once; ends early, without an error, when the signal fires. */
export async function playFeed(options: FeedOptions): Promise<void> {
  // Client event ids are unique per device for ever, so each run has its own.
  const run = randomBytes(4).toString("hex");
  try {
    for (const [index, story] of stories.entries()) {
      if (options.signal.aborted) return;
      await playStory(story, run, index, options);
      await pause(betweenStoriesMs, undefined, { signal: options.signal });
    }
  } catch (error) {
    if (!options.signal.aborted) throw error;
  }
}
