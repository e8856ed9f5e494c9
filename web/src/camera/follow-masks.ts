/** What is drawn as masks on this camera's picture, asked for again and again with the camera's own key. */
import { bounded } from "../api/asking.ts";
import type { Masks } from "./watch.ts";

const everyMs = 15_000;

/**
 * Resolves once they were asked for.
 * @returns the masks that were heard of last; undefined while nothing was
 */
export async function followMasks(key: string, signal: AbortSignal): Promise<() => Masks | undefined> {
  let known: Masks | undefined;
  const ask = async () => {
    try {
      const headers = { authorization: `Bearer ${key}` };
      const answer = await fetch("/v1/masks", { headers, credentials: "omit", signal: bounded(signal) });
      if (answer.ok) known = ((await answer.json()) as { masks: Masks }).masks;
      // Who is not let in keeps nothing there either: its report says so.
      else if (answer.status === 401 || answer.status === 404) known ??= [];
    } catch {
      // What was heard of last holds; whatever is sent meanwhile is blackened when it comes.
    }
  };
  const timer = setInterval(() => void ask(), everyMs);
  signal.addEventListener("abort", () => clearInterval(timer));
  await ask();
  return () => known;
}
