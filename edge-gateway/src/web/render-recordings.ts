/** What a camera recorded, on the local page: a day in tens of minutes, an hour of it in minutes, and the minute that is watched. */
import { type Kind, overlaps, type Segment, worthMore } from "../recorder/segment.ts";
import { type Html, html, nothing } from "./html.ts";
import { moment } from "./words.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const dayMs = 24 * HOUR;
const dayCellMs = 10 * MINUTE;

const words: Record<Kind | "none", string> = {
  none: "nothing recorded",
  ring: "recorded",
  event: "something happened",
  alarm: "an alarm",
};

/** Of each stretch of `cellMs` from `fromMs` on, what the most important segment in it is kept for. */
function shade(
  segments: readonly Segment[],
  fromMs: number,
  cellMs: number,
  cells: number,
): (Kind | undefined)[] {
  return Array.from({ length: cells }, (_, index) => {
    const startMs = fromMs + index * cellMs;
    return segments
      .filter((segment) => overlaps(segment, startMs, startMs + cellMs))
      .map(({ kind }) => kind)
      .reduce<Kind | undefined>((best, kind) => (best && !worthMore(kind, best) ? best : kind), undefined);
  });
}

export type Shown = {
  camera: string;
  place: string;
  timeZone: string;
  nowMs: number;
  /** The minute that is watched. */
  atMs: number | undefined;
  /** All that there are, oldest first. */
  segments: readonly Segment[];
};

const startOf = (ms: number, step: number) => Math.floor(ms / step) * step;

function row(
  { camera, timeZone, segments }: Shown,
  fromMs: number,
  cellMs: number,
  count: number,
  chosenMs: number | undefined,
): Html {
  const shown = segments.filter((segment) => overlaps(segment, fromMs, fromMs + count * cellMs));
  const cells = shade(shown, fromMs, cellMs, count);
  return html`<div class="strip">${cells.map((kind, index) => {
    const atMs = fromMs + index * cellMs;
    const title = `${moment(atMs, timeZone)}: ${words[kind ?? "none"]}`;
    const isChosen = chosenMs !== undefined && chosenMs >= atMs && chosenMs < atMs + cellMs;
    const look = html`class="${kind ?? "none"}${isChosen ? " chosen" : ""}" title="${title}"`;
    return kind
      ? html`<a ${look} href="/cameras/${camera}/recordings?at=${atMs}" aria-label="${title}"></a>`
      : html`<span ${look}></span>`;
  })}</div>`;
}

/** Where something happened: neighbouring segments that are kept for more than the ring, as one. */
function happenings(segments: readonly Segment[]): { fromMs: number; toMs: number; kind: Kind }[] {
  const found: { fromMs: number; toMs: number; kind: Kind }[] = [];
  for (const { startMs, ms, kind } of segments) {
    if (kind === "ring") continue;
    const last = found.at(-1);
    if (last && startMs - last.toMs < MINUTE / 6) {
      last.toMs = startMs + ms;
      if (worthMore(kind, last.kind)) last.kind = kind;
    } else found.push({ fromMs: startMs, toMs: startMs + ms, kind });
  }
  return found.toReversed();
}

const clipOf = (camera: string, fromMs: number, toMs: number) =>
  `/cameras/${camera}/clip.mp4?from=${fromMs}&to=${toMs}`;

const happeningsShown = 50;

export function renderRecordings(shown: Shown): Html {
  const { camera, place, timeZone, nowMs, atMs, segments } = shown;
  const fromMs = startOf(nowMs - dayMs, dayCellMs) + dayCellMs;
  const hourMs = startOf(atMs ?? nowMs, HOUR);
  const listed = happenings(segments).slice(0, happeningsShown);
  const watched =
    atMs === undefined
      ? html`<p class="faint">Choose a minute: it is played here.</p>`
      : html`<video class="watched" controls autoplay muted src="${clipOf(camera, atMs, atMs + MINUTE)}"></video>
        <p><a href="${clipOf(camera, atMs, atMs + MINUTE)}" download>Keep this minute</a> (MP4; its SHA-256 comes in the header Repr-Digest)</p>`;
  return html`<h2>${camera}, ${place}: recorded</h2>
    <p class="faint">The last day, ten minutes each; below it the hour from ${moment(hourMs, timeZone)}, minute by minute.</p>
    ${row(shown, fromMs, dayCellMs, dayMs / dayCellMs, atMs)}
    ${row(shown, hourMs, MINUTE, HOUR / MINUTE, atMs)}
    ${watched}
    ${
      listed.length === 0
        ? nothing
        : html`<h2>What happened</h2><ul>${listed.map((one) => {
            const seconds = Math.round((one.toMs - one.fromMs) / 1_000);
            const toMs = Math.min(one.toMs, one.fromMs + 10 * MINUTE);
            return html`<li><a href="/cameras/${camera}/recordings?at=${one.fromMs}">${moment(one.fromMs, timeZone)}</a>, ${seconds} s, ${words[one.kind]} <a href="${clipOf(camera, one.fromMs, toMs)}" download>clip</a> <a href="/cameras/${camera}/segments.json?from=${one.fromMs}&to=${toMs}">segments and their hashes</a></li>`;
          })}</ul>`
    }
    <p><a href="/cameras/${camera}">Now</a></p>`;
}
