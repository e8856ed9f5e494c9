/** One camera: its pictures, what moves in them, whether somebody meddles with it, and what is told of that. */

import { type CameraConfig, type FetchedSource, shownAddress } from "../cameras-config.ts";
import type { Clock } from "../clock.ts";
import type { OnvifSource } from "../onvif/index.ts";
import type { Recorder, RecordingState } from "../recorder/index.ts";
import type { Heard, Instant, NewEvidence } from "../store/item.ts";
import { type CellMask, createCellMask } from "./cell-mask.ts";
import { createHappeningWatch, type Happening } from "./choose-pictures.ts";
import type { Areas } from "./drawn-areas.ts";
import type { Ffmpeg } from "./ffmpeg.ts";
import { cells } from "./grey.ts";
import { createMotionWatch } from "./motion.ts";
import { openSource } from "./open-source.ts";
import { createSaid, type Said } from "./said.ts";
import { supervise } from "./supervise.ts";
import { createTamperWatch, type Tampering } from "./tamper.ts";

export type CameraState = {
  name: string;
  place: string;
  /** Without the password. */
  url: string;
  state: "connecting" | "up" | "lost";
  why: string;
  restarts: number;
  frames: number;
  events: number;
  lastFrameMonotonicMs: number;
  isMoving: boolean;
  /** The share of the picture in which motion counts for nothing, because it is always there. */
  nuisanceShare: number;
  zones: CameraConfig["zones"];
  masks: CameraConfig["masks"];
  /** Undefined: it is not recorded. */
  recording: RecordingState | undefined;
};

export type CameraEvent = { heard: Heard; at: Instant; evidence: NewEvidence[] };

export type CameraOptions = {
  config: CameraConfig & { source: FetchedSource };
  findFfmpeg: () => Promise<Ffmpeg>;
  clock: Clock;
  /** Undefined: it is not recorded. */
  recorder: Recorder | undefined;
  /** The local page as browsers reach it; undefined where none does. */
  pageUrl?: string | undefined;
  onEvent: (event: CameraEvent) => void;
  onFault: (code: "camera_lost" | "camera_dark" | "camera_mute", text: string) => void;
};

export type Camera = {
  state(): CameraState;
  /** The latest one. */
  picture(): Buffer | undefined;
  /** Motion counts there from now on. */
  draw(areas: Areas): void;
  stop(): Promise<void>;
};

const tamperWords: Record<Exclude<Tampering, "dark">, string> = {
  covered: "is covered",
  moved: "looks at something else",
  defocused: "is out of focus",
};

/** What is told of a camera: what happened before it, and what was done to it. */
function createTeller(
  { config, clock, recorder, pageUrl, onEvent, onFault }: CameraOptions,
  zonesOf: CellMask["zonesOf"],
) {
  const { name, place } = config;
  const now = () => clock.monotonicMs();
  let events = 0;

  /** Where it is watched; by the clock by which it was recorded, whatever time the event is told at. */
  function recordingAt(wallMs: number): { recording?: string } {
    if (!recorder || pageUrl === undefined) return {};
    return { recording: new URL(`/cameras/${name}/recordings?at=${Math.round(wallMs)}`, pageUrl).href };
  }

  function tell(heard: Heard, evidence: NewEvidence[], atMonotonicMs: number): void {
    events++;
    recorder?.keep(name, "event");
    const wallMs = clock.now().getTime() - (now() - atMonotonicMs);
    const attributes = { ...heard.attributes, ...recordingAt(wallMs) };
    onEvent({ heard: { ...heard, attributes }, at: { wallMs, monotonicMs: atMonotonicMs }, evidence });
  }

  function tellTampering(tampering: string, summary: string, latest: Buffer | undefined): void {
    const attributes = { camera: name, place, tampering, summary: `${name} ${summary}` };
    const file = tampering === "lost" ? "last.jpg" : "tamper.jpg";
    tell({ type: "tamper", zone: place, attributes }, latest ? [pictureOf(latest, file)] : [], now());
  }

  return {
    happening({ firstMs, lastMs, cells: touched, pictures, said }: Happening): void {
      const zones = zonesOf([...touched]);
      const seconds = Math.round((lastMs - firstMs) / 100) / 10;
      const bySelf = said.size === 0 ? {} : { cameraSays: [...said] };
      const share = rounded(touched.size / cells);
      const attributes = { camera: name, place, zones, seconds, share, ...bySelf };
      const evidence = pictures.map(({ bytes }, index) => pictureOf(bytes, `motion-${index + 1}.jpg`));
      tell({ type: "motion", zone: zones[0] ?? place, attributes }, evidence, firstMs);
    },
    tampering(what: Tampering, latest: Buffer | undefined): void {
      if (what !== "dark") tellTampering(what, tamperWords[what], latest);
      else onFault("camera_dark", `${name} has seen nothing for a minute: it is dark there, or covered`);
    },
    lost(why: string, hasBeenSeen: boolean, latest: Buffer | undefined): void {
      onFault("camera_lost", `${name} gives no pictures: ${why}`);
      // A camera that never gave one is a matter of its settings.
      if (hasBeenSeen) tellTampering("lost", "gives no pictures", latest);
    },
    get events() {
      return events;
    },
  };
}

/** What an ONVIF camera sees itself opens a happening as motion does. What speaks with it is loaded where there is one. */
async function follow({ config, clock, onFault }: CameraOptions, source: OnvifSource, said: Said) {
  const { connectTo, followNotices } = await import("../onvif/index.ts");
  return followNotices({
    connect: (signal) => connectTo(source, clock, signal),
    onNotice: (notice) => said.take(notice, clock.monotonicMs()),
    onLost: (why) => onFault("camera_mute", `${config.name} does not tell what it sees itself: ${why}`),
    monotonicMs: () => clock.monotonicMs(),
  });
}

export function openCamera(options: CameraOptions): Camera {
  const { config, findFfmpeg, clock, recorder } = options;
  const { name, place, source } = config;
  let areas: Areas = { zones: config.zones, masks: config.masks };
  let mask = createCellMask(areas);
  const counting = {
    get counts() {
      return mask.counts;
    },
  };
  const [motion, tamper] = [createMotionWatch(counting), createTamperWatch()];
  const told = createTeller(options, (touched) => mask.zonesOf(touched));
  const happenings = createHappeningWatch();
  const said = createSaid();
  const now = () => clock.monotonicMs();
  const lastMotionMs = () => happenings.lastMotionMs;
  let frames = 0;
  let latest: Buffer | undefined;

  function look(frame: Uint8Array): void {
    frames++;
    const at = now();
    const happening = happenings.look(motion.look(frame, at), at, said.now(at));
    if (happening) told.happening(happening);
    if (happenings.isOpen) recorder?.keep(name, "event");
    const tampering = tamper.look(frame, at);
    if (tampering) told.tampering(tampering, latest);
  }

  const feed = supervise({
    async open(decoded) {
      const recording = recorder?.of(name);
      const onStream = recording && ((bytes: Buffer) => recording.push(bytes));
      const decoding = await openSource(
        { findFfmpeg, source, clock, lastMotionMs },
        { ...decoded, onStream },
      );
      return { ...decoding, ended: decoding.ended.finally(() => recording?.interrupt()) };
    },
    monotonicMs: now,
    onGrey: look,
    onPicture(jpeg) {
      latest = jpeg;
      happenings.picture(jpeg, now());
    },
    onLost: (why) => told.lost(why, frames > 0, latest),
    onBack: () => motion.forget(),
  });

  const following = source.kind === "onvif" && source.events ? follow(options, source, said) : undefined;

  return {
    state: () => ({
      name,
      place,
      url: shownAddress(source),
      state: feed.state,
      why: feed.why,
      restarts: feed.restarts,
      frames,
      events: told.events,
      lastFrameMonotonicMs: feed.lastFrameMs,
      isMoving: happenings.isOpen,
      nuisanceShare: motion.nuisanceShare,
      ...areas,
      recording: recorder?.state(name),
    }),
    picture: () => latest,
    draw(drawn) {
      areas = drawn;
      mask = createCellMask(areas);
    },
    async stop() {
      await Promise.all([feed.stop(), following?.then((one) => one.stop())]);
    },
  };
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;

const pictureOf = (bytes: Buffer, name: string): NewEvidence => ({ name, contentType: "image/jpeg", bytes });
