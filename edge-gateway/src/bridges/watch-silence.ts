/** Ends what waits for a peer that says nothing any more. */
export type Silence = { signal: AbortSignal; heard(): void; stop(): void };

export function watchSilence(msMax: number): Silence {
  const over = new AbortController();
  const end = () => over.abort(new Error(`it said nothing for ${Math.round(msMax / 1_000)} s`));
  const timer = setTimeout(end, msMax);
  return {
    signal: over.signal,
    heard: () => void timer.refresh(),
    stop: () => clearTimeout(timer),
  };
}
