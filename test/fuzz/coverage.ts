/**
 * Which pieces of the code have ever run in this thread, by V8's own count of blocks
 * (https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#method-takePreciseCoverage).
 */
import { type Profiler, Session } from "node:inspector";

/** Where pieces of code begin, by file. */
export type Places = Map<string, number[]>;

export type Coverage = {
  /** What ran since the last call of either kind and had never run before. */
  takeNew(): Places;
  /** Whether some of the places ran since the last call. @param takeOff those that did are places no longer */
  reaches(places: Places, options: { takeOff: boolean }): boolean;
  stop(): void;
};

/** @param counts whether a file's code counts */
export function watchCoverage(counts: (url: string) => boolean): Coverage {
  const session = new Session();
  session.connect();
  // Within its own thread a session answers before `post` returns.
  const take = () => {
    let taken: Profiler.ScriptCoverage[] = [];
    session.post("Profiler.takePreciseCoverage", (error, { result }) => {
      if (error) throw error;
      taken = result;
    });
    return taken;
  };
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  take();
  /** By character of each file, 1 for what has run. */
  const seen = new Map<string, Uint8Array>();

  return {
    takeNew() {
      const places: Places = new Map();
      for (const script of take()) {
        if (!counts(script.url)) continue;
        const ran = paint(script);
        const known = grown(seen.get(script.url), ran.length);
        seen.set(script.url, known);
        const begun = note(known, ran);
        if (begun.length > 0) places.set(script.url, begun);
      }
      return places;
    },
    reaches(places, { takeOff }) {
      let some = false;
      for (const script of take()) {
        const wanted = places.get(script.url);
        if (!wanted) continue;
        const ran = paint(script);
        const left = wanted.filter((at) => ran[at] !== 1);
        if (left.length === wanted.length) continue;
        some = true;
        if (!takeOff) continue;
        if (left.length > 0) places.set(script.url, left);
        else places.delete(script.url);
      }
      return some;
    },
    stop() {
      session.disconnect();
    },
  };
}

/** By character, 1 for what ran. */
function paint({ functions }: Profiler.ScriptCoverage): Uint8Array {
  const ranges = functions.flatMap((one) => one.ranges);
  const ran = new Uint8Array(ranges.reduce((most, { endOffset }) => Math.max(most, endOffset), 0));
  // Functions and blocks come before those that lie in them, which write over them.
  for (const { startOffset, endOffset, count } of ranges) ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  return ran;
}

function grown(known: Uint8Array | undefined, length: number): Uint8Array {
  if (known && known.length >= length) return known;
  const longer = new Uint8Array(length);
  if (known) longer.set(known);
  return longer;
}

/** @returns where pieces begin that ran and were not known, which they are from now on */
function note(known: Uint8Array, ran: Uint8Array): number[] {
  const begun: number[] = [];
  let isWithin = false;
  for (let at = 0; at < ran.length; at++) {
    const isNew = ran[at] === 1 && known[at] === 0;
    if (isNew && !isWithin) begun.push(at);
    if (isNew) known[at] = 1;
    isWithin = isNew;
  }
  return begun;
}
