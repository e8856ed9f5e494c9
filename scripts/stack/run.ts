/** What happens once the stack is up: the feed plays, digests are shown as they come, until somebody or something ends it. */
import { playFeed } from "../feed/play.ts";
import type { StoryEvent } from "../feed/stories.ts";
import { paint, type Terminal } from "../terminal.ts";
import type { LocalFile } from "./local-file.ts";
import type { Options } from "./options.ts";
import { paths } from "./paths.ts";
import { describeBriefly, describeDigest, paintLevel } from "./show-digest.ts";
import { describeAddresses, describeMore } from "./show-stack.ts";
import { watchAlarms } from "./site.ts";
import type { Stack } from "./stack.ts";
import { type Arrival, watchDigests } from "./watch-digests.ts";

/** `--once` gives up this long after the feed has begun. */
const firstDigestMsMax = 120_000;
/** A device may tell the time in whole seconds, and a bit late. */
const clockSlackMs = 5_000;
/** As a shell reports a program that Ctrl-C ended. */
const interruptedCode = 130;

/** For a race that somebody else decides. */
const never = new Promise<never>(() => undefined);

function abortOf(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}

function howSent({ photographs = [], burst = 1, transport = "multipart" }: StoryEvent): string {
  const count = photographs.length * burst;
  if (count === 0) return "no picture";
  return `${count} ${count === 1 ? "picture" : "pictures"}, ${transport}`;
}

async function feed(local: LocalFile, signal: AbortSignal, terminal: Terminal): Promise<void> {
  await playFeed({
    local,
    cacheDir: paths.cache,
    signal,
    onStory: ({ title, tier }) => terminal.line(`\n  ${paint("bold", title)} ${paint("dim", `(${tier})`)}`),
    onEvent: (_, event, { assessment: { level, score, summary } }) => {
      const what = `${event.type}, ${event.zone} ${paint("dim", `(${howSent(event)})`)}`;
      terminal.line(`    ${what} -> ${paintLevel(level)} ${score.toFixed(2)} ${paint("dim", summary)}`);
    },
    onRefused: (_, why) => terminal.line(`    ${paint("yellow", why)}`),
  });
}

async function showFirst({ account, read }: Arrival, local: LocalFile, terminal: Terminal): Promise<void> {
  const digest = await read();
  const lines = [
    `\n  ${paint("dim", `The first digest, of ${account.name}`)}\n`,
    ...describeDigest(digest),
    "",
    ...describeMore(local, account, digest),
  ];
  for (const line of lines) terminal.line(line);
}

/**
 * Shows the first digest of what happened since `since` whole, and every other one briefly: an earlier run may have left
 * work that is finished now. Returns after that first one when `once`, else when watching ends.
 */
async function showDigests(
  arrivals: AsyncGenerator<Arrival>,
  { local, once, since, terminal }: { local: LocalFile; once: boolean; since: Date; terminal: Terminal },
): Promise<void> {
  let isShown = false;
  for await (const arrival of arrivals) {
    const isOwn = new Date(arrival.summary.occurredAt) >= since;
    if (isOwn && !isShown) {
      await showFirst(arrival, local, terminal);
      if (once) return;
      isShown = true;
    } else {
      const owner = `${arrival.account.name}${isOwn ? "" : ", from an earlier run"}`;
      terminal.line(`${describeBriefly(arrival.summary)} ${paint("dim", owner)}`);
    }
  }
}

/** What the site's gateway judges, within milliseconds and without the cloud, and what the cloud makes of it later. */
async function showAlarms(gatewayUrl: string, signal: AbortSignal, terminal: Terminal): Promise<void> {
  for await (const { state, verdict, reasons } of watchAlarms(gatewayUrl, signal)) {
    const who = { gateway: "the site's gateway", cloud: "the cloud", digest: "the cloud's digest" }[
      verdict.by
    ];
    if (state === "cleared") {
      terminal.line(`  ${paint("bold", verdict.title)} ${paint("dim", "has cleared")}`);
      continue;
    }
    const why = verdict.by === "gateway" ? reasons.map(({ text }) => text).join(" ") : verdict.summary;
    terminal.line(
      `  ${paintLevel(verdict.level)} ${paint("bold", verdict.title)} ${paint("dim", `(${who})`)} ${why}`,
    );
  }
}

async function tooLate(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = new Error(
    `no digest came in ${firstDigestMsMax / 1000} s; the logs in ${paths.logs} may tell why`,
  );
  const timer = setTimeout(() => reject(late), firstDigestMsMax);
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return promise;
}

async function play(local: LocalFile, signal: AbortSignal, terminal: Terminal): Promise<void> {
  await feed(local, signal, terminal);
  if (!signal.aborted) {
    terminal.line(`\n  ${paint("dim", "The sample feed has been played. Ctrl-C stops the stack.")}\n`);
  }
}

async function playAndShow(
  options: Options,
  { local, site }: Stack,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<number> {
  const arrivals = await watchDigests(local, signal);
  const playing = options.feed ? play(local, signal, terminal) : Promise.resolve();
  if (site) {
    void showAlarms(site.webUrl, signal, terminal);
    // After the feed, so that what the cameras see and what overheats are two things.
    void site.sense(playing, signal);
  }
  const showing = showDigests(arrivals, {
    local,
    once: options.once,
    since: new Date(Date.now() - clockSlackMs),
    terminal,
  });
  if (!options.feed) {
    terminal.line("\n  Ctrl-C stops the stack.\n");
    return showing.then(() => never);
  }
  if (options.once) return Promise.race([showing.then(() => 0), playing.then(() => never), tooLate(signal)]);
  // Without its feed the stack is still of use.
  playing.catch((error: unknown) =>
    terminal.line(`\n  ${paint("red", "The feed stopped.")} ${String(error)}\n`),
  );
  return showing.then(() => never);
}

/**
 * Returns the exit code once the stack is to stop.
 * Throws when it cannot go on: a part died, or, with `--once`, no digest came.
 */
export async function runUntilEnd(
  options: Options,
  stack: Stack,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<number> {
  const { local, broken } = stack;
  for (const line of describeAddresses(local)) terminal.line(line);
  const playing = new AbortController();
  const ends = AbortSignal.any([signal, playing.signal]);
  const breaks = broken.then((why) => Promise.reject(new Error(why)));
  const interrupted = abortOf(signal).then(() => (options.once ? interruptedCode : 0));
  try {
    return await Promise.race([interrupted, breaks, playAndShow(options, stack, ends, terminal)]);
  } finally {
    playing.abort();
  }
}
