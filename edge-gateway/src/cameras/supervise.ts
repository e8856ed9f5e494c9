/** Keeps a camera's pictures coming: ends what has stalled, begins again with growing pauses, and says when it is lost. */
import { setTimeout as pause } from "node:timers/promises";
import type { Decoded, Decoding } from "./ffmpeg.ts";

/** Nothing came for so long: the child is ended, and the camera called lost. */
export const stalledMs = 10_000;
/** Short enough that a camera is back within ten seconds of its return. */
const pauseMs = { first: 500, most: 4_000 };
const watchEveryMs = 500;
const noPicture = `no picture for ${stalledMs / 1_000} s`;

export type Supervised = {
  readonly state: "connecting" | "up" | "lost";
  /** Why it is not up. */
  readonly why: string;
  readonly restarts: number;
  readonly lastFrameMs: number;
  stop(): Promise<void>;
};

export type SuperviseOptions = {
  /** Begins to fetch and to decode. A rejection is a failed attempt. */
  open: (decoded: Decoded) => Promise<Decoding>;
  onGrey: (frame: Uint8Array) => void;
  onPicture: (jpeg: Buffer) => void;
  /** Once for each time that it is lost, and once when it is back. */
  onLost: (why: string) => void;
  onBack: () => void;
  monotonicMs: () => number;
};

export function supervise(options: SuperviseOptions): Supervised {
  const { monotonicMs } = options;
  const stopping = new AbortController();
  let state: Supervised["state"] = "connecting";
  let [why, restarts, failures] = ["", 0, 0];
  let [heardMs, lastFrameMs] = [monotonicMs(), Number.NEGATIVE_INFINITY];
  let current: Decoding | undefined;

  function takeGrey(frame: Uint8Array): void {
    lastFrameMs = monotonicMs();
    heardMs = lastFrameMs;
    failures = 0;
    if (state !== "up") {
      const wasLost = state === "lost";
      state = "up";
      why = "";
      if (wasLost) options.onBack();
    }
    options.onGrey(frame);
  }

  function checkLost(): void {
    if (state === "lost" || monotonicMs() - Math.max(heardMs, 0) < stalledMs) return;
    state = "lost";
    why ||= noPicture;
    options.onLost(why);
  }

  /** One child from its beginning to its end. @returns why it has ended */
  async function attempt(): Promise<string> {
    const decoding = await options.open({ onGrey: takeGrey, onPicture: options.onPicture });
    const startMs = monotonicMs();
    let stalled: string | undefined;
    current = decoding;
    if (stopping.signal.aborted) decoding.kill();
    const watching = setInterval(() => {
      checkLost();
      if (monotonicMs() - Math.max(startMs, lastFrameMs) <= stalledMs) return;
      stalled = noPicture;
      decoding.kill();
    }, watchEveryMs);
    const ended = await decoding.ended.finally(() => clearInterval(watching));
    current = undefined;
    return stalled ?? ended;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      why = await attempt().catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      );
      if (stopping.signal.aborted) return;
      if (state === "up") state = "connecting";
      checkLost();
      restarts++;
      const ms = Math.min(pauseMs.most, pauseMs.first * 2 ** failures++);
      await pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
      checkLost();
    }
  }

  const running = run();
  return {
    get state() {
      return state;
    },
    get why() {
      return why;
    },
    get restarts() {
      return restarts;
    },
    get lastFrameMs() {
      return lastFrameMs;
    },
    async stop() {
      stopping.abort();
      current?.kill();
      await running;
    },
  };
}
