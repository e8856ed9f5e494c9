/**
 * A digest in words: what a worker found in the moments of a session, said so that a home owner wants to read it.
 * Pure: the same findings in any order give the same words.
 */
import type { Assessment, Reason } from "../assessment/wire.ts";
import type { Level } from "../level.ts";
import type { Departure } from "../standing.ts";
import { countsOf, looksByPlace, looksOf, type Moment } from "./describe-look.ts";
import { awaitedSentence, sentencesOf } from "./describe-sentences.ts";
import { timelineOf } from "./describe-timeline.ts";
import { titleOf, titleOfSession } from "./describe-title.ts";
import type { LabelRules } from "./label-rules.ts";
import { type Telling, tellingEn } from "./telling-en.ts";
import type { Capabilities, Sentence, TimelineEntry } from "./wire.ts";

export type { Moment } from "./describe-look.ts";

export type DescribeInput = {
  /** Of the session, by what its pictures show. */
  assessment: Assessment;
  siteName: string;
  /** IANA zone of the account; times in words are local to it. */
  timeZone: string;
  moments: readonly Moment[];
  /** Pictures of the session that were announced and have not arrived: no worker has been asked about them. */
  awaited: readonly Awaited[];
  capabilities: Capabilities;
  /** What an operator or an account has set otherwise than label-rules.ts. */
  labels?: LabelRules;
  /** What has left the scene of a camera, as these moments show. */
  departures?: readonly Departure[];
};

export type Awaited = { id: string; zone: string | null };

export type Description = {
  level: Level;
  /** At most 80 characters. */
  title: string;
  /** Every sentence names at least one of the moments. */
  summary: Sentence[];
  timeline: TimelineEntry[];
  /** By label: the largest number visible in one moment. */
  counts: Record<string, number>;
  reasons: Reason[];
  recommendation: string;
};

/** @param telling in which language: the same sentences about the same pictures in each */
export function describe(input: DescribeInput, telling: Telling = tellingEn): Description {
  const { assessment, siteName, timeZone, moments, awaited, capabilities, labels, departures = [] } = input;
  const looks = looksOf(moments, labels, telling);
  const places = looksByPlace(looks);
  return {
    level: assessment.level,
    reasons: assessment.reasons,
    recommendation: assessment.recommendation,
    title:
      looks.length === 0
        ? titleOfSession(assessment.summary)
        : titleOf(looks, places, { siteName, departures, telling }),
    summary: [
      ...sentencesOf(looks, places, { capabilities, departures, timeZone, telling }),
      ...awaitedSentence(awaited, telling),
    ],
    timeline: timelineOf(looks, timeZone, telling),
    counts: countsOf(looks),
  };
}
