/** One happening, reported with its pictures as a device does: with the camera's key, and never twice. */
import { bounded, inLanguage } from "../api/asking.ts";
import type { EventAccepted } from "../api/contract.ts";
import { mayPass, refusalOf, Unreachable } from "../api/failure.ts";
import type { Camera } from "./kept-camera.ts";

export type Happening = { id: string; at: Date; pictures: readonly Blob[] };

const triesMax = 4;
const firstPauseMs = 1_000;

/**
 * Sent again under its own id it is the same event, so that an answer that was lost costs nothing.
 * @throws Refusal, Unreachable
 */
export async function reportHappening(
  { key, zone }: Pick<Camera, "key" | "zone">,
  { id, at, pictures }: Happening,
  signal: AbortSignal,
): Promise<EventAccepted> {
  const event = { id, type: "motion", occurredAt: at.toISOString(), ...(zone === null ? {} : { zone }) };
  const form = new FormData();
  form.set("event", JSON.stringify(event));
  for (const [index, picture] of pictures.entries()) form.append("image", picture, `${index + 1}.jpg`);
  for (let tries = 1; ; tries += 1) {
    try {
      return await send(key, form, signal);
    } catch (failure) {
      if (tries === triesMax || !mayPass(failure) || signal.aborted) throw failure;
      await pause(firstPauseMs * 2 ** (tries - 1), signal);
    }
  }
}

async function send(key: string, body: FormData, signal: AbortSignal): Promise<EventAccepted> {
  const asked = fetch("/v1/events", {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, ...inLanguage() },
    // The camera reports, whoever is signed in beside it.
    credentials: "omit",
    body,
    signal: bounded(signal),
  });
  const answer = await asked.catch((cause: unknown) => {
    throw new Unreachable("the API does not answer", { cause });
  });
  const said: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw refusalOf(answer.status, said);
  return said as EventAccepted;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
