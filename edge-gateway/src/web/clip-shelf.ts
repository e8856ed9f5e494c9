/**
 * Clips that were made, for a while: a player asks for one in parts, and each of them is of the same file. Made once however many
 * ask for it, gone two minutes after the last of them.
 */
import type { Clip, Recorder } from "../recorder/index.ts";

const keptMs = 120_000;
const clipsMax = 4;

export type HeldClip = { clip: Clip; release(): void };

export type ClipShelf = {
  /** Undefined when nothing was recorded then; rejects as the recorder does. */
  take(camera: string, fromMs: number, toMs: number): Promise<HeldClip | undefined>;
  stop(): Promise<void>;
};

type Kept = { making: Promise<Clip | undefined>; readers: number; timer?: NodeJS.Timeout };

export function createClipShelf(recorder: Pick<Recorder, "clip">): ClipShelf {
  const kept = new Map<string, Kept>();

  async function discard(key: string, { making, timer }: Kept): Promise<void> {
    clearTimeout(timer);
    kept.delete(key);
    await making.then((clip) => clip?.discard()).catch(() => undefined);
  }

  /** What nobody reads goes for what somebody asks for. */
  function makeRoom(): void {
    for (const [key, one] of kept) {
      if (kept.size < clipsMax) return;
      if (one.readers === 0) void discard(key, one);
    }
  }

  function begin(key: string, make: () => Promise<Clip | undefined>): Kept {
    makeRoom();
    const one: Kept = { making: make(), readers: 0 };
    kept.set(key, one);
    return one;
  }

  return {
    async take(camera, fromMs, toMs) {
      const key = `${camera} ${fromMs} ${toMs}`;
      const one = kept.get(key) ?? begin(key, () => recorder.clip(camera, fromMs, toMs));
      clearTimeout(one.timer);
      one.readers++;
      const release = () => {
        one.readers--;
        if (one.readers > 0 || kept.get(key) !== one) return;
        one.timer = setTimeout(() => void discard(key, one), keptMs);
        one.timer.unref();
      };
      try {
        const clip = await one.making;
        if (clip) return { clip, release };
        kept.delete(key);
        return undefined;
      } catch (error) {
        kept.delete(key);
        throw error;
      }
    },
    async stop() {
      await Promise.all([...kept].map(([key, one]) => discard(key, one)));
    },
  };
}
