/** What became of each picture of a review, in words. Pictures are numbered from 1 in the order in which they were taken. */

import type { Moment, Outcome } from "../api/contract.ts";
import { everywhere } from "./say.ts";
import { say } from "./say-outcome.ts";
import { count, enumerate, sentenceCase, tally, zone } from "./thing.ts";
import { clockWithSeconds } from "./time.ts";

export function inOrder(moments: readonly Moment[]): Moment[] {
  return moments.toSorted((a, b) => Date.parse(a.capturedAt) - Date.parse(b.capturedAt));
}

/** The number of a picture, or undefined for one that is not among them. */
export function numberOf(moments: readonly Moment[], id: string | undefined): number | undefined {
  const index = moments.findIndex((moment) => moment.id === id);
  return index < 0 ? undefined : index + 1;
}

/** `2 people and 1 car`, or nothing. */
function seen(moment: Moment): string {
  const labels = moment.detections.map((detection) => detection.label);
  return enumerate(tally(labels).map(([label, number]) => count(label, number)));
}

type InWords<Text> = Readonly<Record<Outcome, (moment: Moment, original: number | undefined) => Text>>;

const lines: InWords<string> = {
  reviewed: (moment) =>
    moment.detections.length === 0 ? say.nothingRecognised : `${sentenceCase(seen(moment))}.`,
  early_exit: () => say.nothingInIt,
  duplicate: (_, original) => (original === undefined ? say.likeAnother : say.likePicture(original)),
  unreadable: (moment) => say.unreadable(because(moment)),
  missing: (moment) => say.missing(because(moment)),
  deferred: () => say.deferred,
};

const badges: InWords<string | undefined> = {
  reviewed: () => undefined,
  early_exit: () => say.shortNothing,
  duplicate: (_, original) => say.shortLike(original),
  unreadable: () => say.shortUnreadable,
  missing: () => say.shortMissing,
  deferred: () => say.shortDeferred,
};

/** One line: what the worker made of this picture. */
export function outcome(moment: Moment, moments: readonly Moment[]): string {
  return lines[moment.outcome](moment, numberOf(moments, moment.duplicateOf));
}

/** A word or two for a thumbnail, where the outcome is not simply that it was looked at. */
export function badge(moment: Moment, moments: readonly Moment[]): string | undefined {
  return badges[moment.outcome](moment, numberOf(moments, moment.duplicateOf));
}

/** The text that stands for the picture. */
export function alternative(moment: Moment, moments: readonly Moment[], timeZone: string): string {
  const place = moment.zone === null ? "" : `, ${zone(moment.zone)}`;
  const when = clockWithSeconds(moment.capturedAt, timeZone);
  const position = say.position(numberOf(moments, moment.id) ?? "?", moments.length);
  return `${position}${place}, ${when}. ${outcome(moment, moments)}`;
}

function because(moment: Moment): string {
  return everywhere.reported(moment.reason?.replace(/\.$/, "") ?? "");
}
