/** From a situation and the signal that leads it to an assessment. */
import * as Level from "../level.ts";
import * as Zone from "../zone.ts";
import * as Calm from "./calm.ts";
import type { Chain } from "./chain.ts";
import * as Ledger from "./ledger.ts";
import * as Presence from "./presence.ts";
import type { Signal } from "./signal.ts";
import type { Situation } from "./situation.ts";
import { thresholds, type Weights } from "./weights.ts";
import type { Assessment } from "./wire.ts";
import * as Words from "./words.ts";

/** A signal's own weight, and the harmless pattern that explains most of it. */
export type Solo = { signal: Signal; ledger: Ledger.Ledger; calm: Calm.Calm | undefined };

export function solo(signal: Signal, situation: Situation, survey: Calm.Survey): Solo {
  return { signal, ledger: Presence.weigh(signal, situation), calm: Calm.find(signal, situation, survey) };
}

/** Score points of a signal before chains and habits: what decides which one leads a session. */
export function soloWeight({ signal, ledger, calm }: Solo, { bounds }: Weights, threatened: boolean): number {
  const total = Ledger.total(ledger);
  if (threatened || signal.lifeSafety) return Math.min(1, total);
  if (signal.peopled) return Math.min(1, total) + (calm?.weight ?? 0);
  return Math.min(bounds.aloneMost, total) + (calm?.weight ?? 0);
}

/** Whether a chain colours an event: it is part of it, or follows within a minute. */
export function touches(chain: Chain, signal: Signal): boolean {
  if (chain.links.includes(signal)) return true;
  const end = Math.max(...chain.links.map((link) => link.at));
  return signal.at >= end && signal.at - end <= thresholds.aftermathSeconds * 1000;
}

/**
 * The assessment of a situation as one signal leads it. Chains, harmless patterns, habits and bounds follow what the
 * signal says by itself, in that order; every step is a reason, so the reasons add up to the score.
 */
export function judge(
  { signal, ledger: own, calm: pattern }: Solo,
  chains: readonly Chain[],
  situation: Situation,
  lifeSafety: boolean,
): Assessment {
  // Nothing harmless counts while something threatens, or for life-safety.
  const calm = chains.length === 0 && !signal.lifeSafety ? pattern : undefined;
  let ledger = own;
  for (const { code, weight, text, links } of chains) {
    const ids = links.map((link) => link.eventId);
    ledger = Ledger.add(ledger, `chain.${code}`, weight, text, ids);
  }
  if (!signal.lifeSafety) {
    if (chains.length === 0) ledger = stayBelowCritical(signal, situation, ledger);
    ledger = lower(signal, calm, situation, ledger);
  }
  if (signal.mode === "emergency") {
    const missing = situation.weights.bounds.emergencyLeast - Ledger.total(ledger);
    const text = "The site is in an emergency.";
    ledger = Ledger.add(ledger, "emergency", Math.max(0, missing), text, [signal.eventId]);
  }
  const reasons = Ledger.reasonsOf(ledger);
  const score = Ledger.scoreOf(reasons);
  const tale = {
    signal,
    chains,
    calm,
    level: Level.ofScore(score),
    lifeSafety,
    timeZone: situation.timeZone,
    peopled: situation.index.peopled.length > 0,
    deserted: situation.signals.every((one) => one.deserted),
  };
  return {
    level: tale.level,
    score,
    summary: Words.summary(tale),
    reasons,
    recommendation: Words.recommendation(tale),
    tone: Words.tone(tale),
    lifeSafety,
  };
}

/** One sighting that nothing confirms is not critical. */
function stayBelowCritical(signal: Signal, situation: Situation, ledger: Ledger.Ledger): Ledger.Ledger {
  if (signal.peopled) return ledger;
  const excess = Ledger.total(ledger) - situation.weights.bounds.aloneMost;
  const text = "Nothing else confirms it yet, so it stays below critical.";
  return Ledger.add(ledger, "unconfirmed", -Math.max(0, excess), text, [signal.eventId]);
}

/**
 * What makes it smaller: who it was, doubts about the sensor, what is usual. While nobody is home, doubts and habits
 * do not push what deserved a look below the standard level.
 */
function lower(
  signal: Signal,
  calm: Calm.Calm | undefined,
  situation: Situation,
  before: Ledger.Ledger,
): Ledger.Ledger {
  let ledger = before;
  if (calm?.kind === "evidence") ledger = addCalm(calm, ledger);
  const deserved = Ledger.total(ledger);
  if (calm?.kind === "doubt") ledger = addCalm(calm, ledger);
  ledger = habits(signal, situation, ledger);
  if (signal.occupancy !== "empty") return ledger;
  const least = Math.min(deserved, situation.weights.bounds.emptyLeast);
  const missing = Math.max(0, least - Ledger.total(ledger));
  const text = "Nobody is home, so it stays worth a look.";
  return Ledger.add(ledger, "nobody-home", missing, text, [signal.eventId]);
}

function addCalm({ code, weight, text, eventIds }: Calm.Calm, ledger: Ledger.Ledger): Ledger.Ledger {
  return Ledger.add(ledger, code, weight, text, eventIds());
}

/** What is usual in this zone, and what this account has called false before. */
function habits(signal: Signal, situation: Situation, before: Ledger.Ledger): Ledger.Ledger {
  const { history, personal, reports } = situation.weights;
  const ids = [signal.eventId];
  let ledger = before;
  const perDay = situation.zoneEventsPerDay;
  if (perDay !== null && Object.hasOwn(reports, signal.type)) {
    if (perDay >= thresholds.busyPerDay) {
      const text = `Some ${Math.round(perDay)} events a day are usual here.`;
      ledger = Ledger.add(ledger, "busy-zone", history.busy, text, ids);
    } else if (perDay <= thresholds.rarePerDay) {
      ledger = Ledger.add(ledger, "rare-zone", history.rare, "Hardly anything ever happens here.", ids);
    }
  }
  const dismissed = situation.dismissals
    .filter(
      (dismissal) => dismissal.type === signal.type && Zone.read(dismissal.zone).name === signal.place.name,
    )
    .reduce((sum, dismissal) => sum + Math.max(0, dismissal.count), 0);
  const relief = Math.max(personal.most, dismissed * personal.perDismissal);
  return Ledger.add(ledger, "dismissed", relief, Words.dismissed(dismissed), ids);
}
