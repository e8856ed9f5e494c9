/**
 * The explainer: from an event or a session to a level, and why. Rules with weights, no model and no memory, so
 * that the same input always gets the same answer and every part of the score has a reason. It needs no database, so a
 * gateway runs it too.
 *
 * @example
 *   const { level, reasons } = Explain.assess(event, { timeZone, recent, history, dismissals });
 */
import * as Calm from "./calm.ts";
import type { Chain } from "./chain.ts";
import * as Chains from "./chains.ts";
import * as Judge from "./judge.ts";
import type { Circumstances, Observation } from "./observation.ts";
import { toSignals } from "./signal.ts";
import { indexOf, type Situation } from "./situation.ts";
import { weights as standardWeights, thresholds, type Weights } from "./weights.ts";
import type { Assessment } from "./wire.ts";

export { scoreOf } from "./ledger.ts";
export type { Circumstances, Dismissal, Observation } from "./observation.ts";
export type { Assessment } from "./wire.ts";

/**
 * Judges one event beside what happened around it. Pure; well under a millisecond for 200 recent events.
 * Throws a RangeError for a time zone that is not in the IANA database.
 */
export function assess(
  subject: Observation,
  circumstances: Circumstances,
  weights: Weights = standardWeights,
): Assessment {
  const situation = situationOf([subject, ...circumstances.recent], circumstances, weights, false);
  const signal = situation.signals.find((candidate) => candidate.eventId === subject.eventId);
  if (!signal) throw new Error(`expected the subject ${subject.eventId} in its own situation`);
  const survey = Calm.survey(situation);
  const chains = Chains.find(situation, survey).filter((chain) => Judge.touches(chain, signal));
  return Judge.judge(Judge.solo(signal, situation, survey), chains, situation, signal.lifeSafety);
}

export type SessionCircumstances = Omit<Circumstances, "recent"> & {
  /** Events of the same site in the five minutes before the session, in any order. */
  before?: readonly Observation[];
};

/**
 * Judges a whole session: its weightiest event leads, and every chain in it counts, as does one that began before it. The
 * order of the events does not matter; there must be at least one. Takes some microseconds for each event.
 */
export function assessSession(
  events: readonly Observation[],
  circumstances: SessionCircumstances,
  weights: Weights = standardWeights,
): Assessment {
  const situation = situationOf(events, circumstances, weights, true);
  const survey = Calm.survey(situation);
  const own = Chains.find(situation, survey);
  const begun = chainsBegunBefore(events, circumstances, weights);
  const chains = weightOf(begun) > weightOf(own) ? begun : own;
  const lead = leadOf(situation, survey, chains.length > 0);
  if (!lead) throw new RangeError("a session to assess must hold at least 1 event, got 0");
  const lifeSafety = situation.signals.some((signal) => signal.lifeSafety);
  return Judge.judge(lead, chains, situation, lifeSafety);
}

/**
 * The chains that reach into a session from before it: each of its events was judged beside them, so that it is not judged
 * less as a whole. What pictures have ruled out follows from nothing.
 */
function chainsBegunBefore(
  events: readonly Observation[],
  { before = [], ...circumstances }: SessionCircumstances,
  weights: Weights,
): readonly Chain[] {
  if (before.length === 0) return [];
  const situation = situationOf([...events, ...before], circumstances, weights, true);
  const ids = new Set(events.map(({ eventId }) => eventId));
  const own = situation.signals.filter((signal) => ids.has(signal.eventId) && !signal.deserted);
  return Chains.find(situation, Calm.survey(situation)).filter((chain) =>
    own.some((signal) => Judge.touches(chain, signal)),
  );
}

function weightOf(chains: readonly Chain[]): number {
  return chains.reduce((sum, chain) => sum + chain.weight, 0);
}

/** The weightiest; life-safety before all else; the earliest of equals. What is harmless counts while nothing threatens. */
function leadOf(situation: Situation, survey: Calm.Survey, threatened: boolean): Judge.Solo | undefined {
  let lead: Judge.Solo | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const signal of situation.signals) {
    const solo = Judge.solo(signal, situation, survey);
    const weight = Judge.soloWeight(solo, situation.weights, threatened);
    const urgency = (signal.lifeSafety ? 10 : 0) + weight;
    if (urgency <= most) continue;
    [lead, most] = [solo, urgency];
  }
  return lead;
}

function situationOf(
  observations: readonly Observation[],
  { timeZone, history, dismissals }: Omit<Circumstances, "recent">,
  weights: Weights,
  ended: boolean,
): Situation {
  const signals = toSignals(observations, timeZone);
  const index = indexOf(signals, thresholds.windConfidenceMax);
  return {
    signals,
    ended,
    timeZone,
    weights,
    zoneEventsPerDay: history.zoneEventsPerDay,
    dismissals,
    index,
  };
}
