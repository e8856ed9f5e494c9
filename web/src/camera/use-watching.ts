/** A browser's camera as React state: off, asked for, watching, or why not; and what it has reported. */

import { type RefObject, useEffect, useRef, useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import type { EventAccepted } from "../api/contract.ts";
import { Refusal } from "../api/failure.ts";
import { explain } from "../words/refusal.ts";
import { followMasks } from "./follow-masks.ts";
import type { Camera } from "./kept-camera.ts";
import { reportHappening } from "./report-happening.ts";
import { say } from "./say.ts";
import { watch } from "./watch.ts";

export type Report = {
  id: string;
  at: Date;
  pictures: number;
  /** Absent while it is on its way. */
  outcome?: { accepted: EventAccepted } | { fault: string } | undefined;
};

export type State =
  | { kind: "off" }
  | { kind: "asking" }
  | { kind: "watching" }
  | { kind: "stopped"; why: string };

const reportsShownMax = 6;

type Options = {
  video: RefObject<HTMLVideoElement | null>;
  camera: Camera | undefined;
  /** The camera's key is accepted no longer. */
  onRevoked: () => void;
};

export function useWatching({ video, camera, onRevoked }: Options) {
  const [state, setState] = useState<State>({ kind: "off" });
  const [changed, setChanged] = useState(0);
  const [reports, setReports] = useState<readonly Report[]>([]);
  const running = useRef<{ abort: AbortController; takeNow: () => void }>(undefined);

  const settle = (id: string, outcome: NonNullable<Report["outcome"]>) =>
    setReports((all) => all.map((one) => (one.id === id ? { ...one, outcome } : one)));
  const stop = (why?: string) => {
    running.current?.abort.abort();
    running.current = undefined;
    setState(why === undefined ? { kind: "off" } : { kind: "stopped", why });
  };
  useEffect(() => () => running.current?.abort.abort(), []);

  const report = async (seenBy: Camera, at: Date, pictures: readonly Blob[], signal: AbortSignal) => {
    const id = createIdempotencyKey();
    setReports((all) => [{ id, at, pictures: pictures.length }, ...all].slice(0, reportsShownMax));
    try {
      settle(id, { accepted: await reportHappening(seenBy, { id, at, pictures }, signal) });
    } catch (failure) {
      if (failure instanceof Refusal && failure.problem.status === 401) {
        stop(say.wasRemoved);
        onRevoked();
        return;
      }
      const { what, next } = explain(failure);
      settle(id, { fault: `${what} ${next}` });
    }
  };

  const start = async () => {
    const shown = video.current;
    if (camera === undefined || shown === null) return;
    const abort = new AbortController();
    setState({ kind: "asking" });
    try {
      await show(shown, abort.signal, () => stop(say.wentAway));
    } catch (failure) {
      return stop(whyNot(failure));
    }
    const masks = await followMasks(camera.key, abort.signal);
    const takeNow = watch(
      shown,
      {
        onLook: setChanged,
        masks,
        onHappening: (at, pictures) => void report(camera, at, pictures, abort.signal),
      },
      abort.signal,
    );
    running.current = { abort, takeNow };
    setState({ kind: "watching" });
  };
  return { state, changed, reports, start, stop: () => stop(), takeNow: () => running.current?.takeNow() };
}

/** Shows the camera, the one that looks away from its holder where there are two, and keeps the screen awake. */
async function show(video: HTMLVideoElement, signal: AbortSignal, onEnded: () => void): Promise<void> {
  // Only pages that nobody on the way can have changed may ask for a camera.
  if (!("mediaDevices" in navigator)) throw new DOMException("", "SecurityError");
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  const [track] = stream.getVideoTracks();
  track?.addEventListener("ended", onEnded);
  video.srcObject = stream;
  await video.play();
  const awake = await navigator.wakeLock?.request("screen").catch(() => undefined);
  signal.addEventListener("abort", () => {
    track?.removeEventListener("ended", onEnded);
    for (const each of stream.getTracks()) each.stop();
    video.srcObject = null;
    void awake?.release();
  });
}

function whyNot(failure: unknown): string {
  const known = failure instanceof DOMException ? say.faults[failure.name] : undefined;
  return known ?? say.notStarted;
}
