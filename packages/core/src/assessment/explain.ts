/**
 * The explainer: from an event or a session to a level, and why. Rules with weights, no model and no memory, so
 * that the same input always gets the same answer and every part of the score has a reason. It needs no database, so a
 * gateway runs it too.
 *
 * @example
 *   const { level, reasons } = Explain.assess(event, { timeZone, recent, history, dismissals });
 */
import * as Calm from "./calm.ts";
import * as Chains from "./chains.ts";
import * as Judge from "./judge.ts";
import type { Circumstances, Observation } from "./observation.ts";
import { indexOf, type Scene } from "./scene.ts";
import { toSignals } from "./signal.ts";
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
  const scene = sceneOf([subject, ...circumstances.recent], circumstances, weights, false);
  const signal = scene.signals.find((candidate) => candidate.eventId === subject.eventId);
  if (!signal) throw new Error(`expected the subject ${subject.eventId} in its own scene`);
  const survey = Calm.survey(scene);
  const chains = Chains.find(scene, survey).filter((chain) => Judge.touches(chain, signal));
  return Judge.judge(Judge.solo(signal, scene, survey), chains, scene, signal.lifeSafety);
}

/**
 * Judges a whole session: its weightiest event leads, and every chain in it counts. The order of the events does
 * not matter; there must be at least one. Takes some microseconds for each event.
 */
export function assessSession(
  events: readonly Observation[],
  circumstances: Omit<Circumstances, "recent">,
  weights: Weights = standardWeights,
): Assessment {
  const scene = sceneOf(events, circumstances, weights, true);
  const survey = Calm.survey(scene);
  const chains = Chains.find(scene, survey);
  const lead = leadOf(scene, survey, chains.length > 0);
  if (!lead) throw new RangeError("a session to assess must hold at least 1 event, got 0");
  const lifeSafety = scene.signals.some((signal) => signal.lifeSafety);
  return Judge.judge(lead, chains, scene, lifeSafety);
}

/** The weightiest; life-safety before all else; the earliest of equals. What is harmless counts while nothing threatens. */
function leadOf(scene: Scene, survey: Calm.Survey, threatened: boolean): Judge.Solo | undefined {
  let lead: Judge.Solo | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const signal of scene.signals) {
    const solo = Judge.solo(signal, scene, survey);
    const weight = Judge.soloWeight(solo, scene.weights, threatened);
    const urgency = (signal.lifeSafety ? 10 : 0) + weight;
    if (urgency <= most) continue;
    [lead, most] = [solo, urgency];
  }
  return lead;
}

function sceneOf(
  observations: readonly Observation[],
  { timeZone, history, dismissals }: Omit<Circumstances, "recent">,
  weights: Weights,
  ended: boolean,
): Scene {
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
