/** From a scene and the signal that leads it to an assessment. */
import * as Level from "../level.ts";
import * as Zone from "../zone.ts";
import * as Calm from "./calm.ts";
import * as Chains from "./chains.ts";
import * as Ledger from "./ledger.ts";
import * as Presence from "./presence.ts";
import type { Scene, Signal } from "./scene.ts";
import { isReport, thresholds } from "./weights.ts";
import type { Assessment } from "./wire.ts";
import * as Words from "./words.ts";

/** A signal's own weight and the harmless pattern that explains most of it, if there is one. */
export type Solo = { signal: Signal; ledger: Ledger.Ledger; calm: Calm.Calm | undefined };

export function solo(signal: Signal, scene: Scene): Solo {
  const calm = Calm.find(signal, scene).toSorted((a, b) => a.weight - b.weight)[0];
  return { signal, ledger: Presence.weigh(signal, scene), calm };
}

/** Score points of a signal before chains and habits: what decides which one leads a session. */
export function soloWeight({ ledger, calm }: Solo): number {
  return Math.min(1, Ledger.total(ledger)) + (calm?.weight ?? 0);
}

/** The chains of a scene that nothing harmless explains. */
export function threats(scene: Scene): Chains.Chain[] {
  return Chains.find(scene).filter((chain) => {
    if (chain.code === "forced-entry") return !Calm.isChatter(chain.links, scene);
    if (chain.code === "break-in") return true;
    if (chain.code === "prowler" && Calm.isWind(chain.links, scene)) return false;
    const throughWindow = chain.links.some((link) => link.type === "window");
    return throughWindow || !Calm.isHomecoming(chain.links, scene);
  });
}

/** Whether a chain colours an event: it is part of it, or follows within a minute. */
export function touches(chain: Chains.Chain, signal: Signal): boolean {
  if (chain.links.includes(signal)) return true;
  const end = Math.max(...chain.links.map((link) => link.at));
  return signal.at >= end && signal.at - end <= thresholds.aftermathSeconds * 1000;
}

/**
 * The assessment of a scene as one signal leads it. Chains, harmless patterns, habits and bounds follow what the
 * signal says by itself, in that order; every step is a reason, so the reasons add up to the score.
 */
export function judge(
  lead: Solo,
  chains: readonly Chains.Chain[],
  scene: Scene,
  lifeSafety: boolean,
): Assessment {
  let ledger = lead.ledger;
  for (const chain of chains) {
    ledger = Ledger.add(ledger, `chain.${chain.code}`, chain.weight, chain.text, idsOf(chain.links));
  }
  const { signal } = lead;
  if (!signal.lifeSafety) {
    const calm = chains.length === 0 ? lead.calm : undefined;
    if (chains.length === 0) ledger = stayBelowCritical(signal, scene, ledger);
    if (calm?.kind === "evidence") ledger = addCalm(calm, ledger);
    const deserved = Ledger.total(ledger);
    if (calm?.kind === "doubt") ledger = addCalm(calm, ledger);
    ledger = habits(signal, scene, ledger);
    if (signal.occupancy === "empty") ledger = stayVisible(signal, scene, ledger, deserved);
  }
  if (signal.mode === "emergency") {
    const missing = scene.weights.bounds.emergencyLeast - Ledger.total(ledger);
    ledger = Ledger.add(ledger, "emergency", Math.max(0, missing), "The site is in an emergency.", [
      signal.eventId,
    ]);
  }
  const score = Ledger.scoreOf(ledger.reasons);
  const level = Level.ofScore(score);
  const calm = lead.calm !== undefined && ledger.reasons.some((reason) => reason.code === lead.calm?.code);
  const tale = {
    signal,
    chains,
    calm: calm ? lead.calm : undefined,
    level,
    lifeSafety,
    timeZone: scene.timeZone,
  };
  return {
    level,
    score,
    summary: Words.summary(tale),
    reasons: [...ledger.reasons],
    recommendation: Words.recommendation(tale),
    tone: Words.tone(tale),
    lifeSafety,
  };
}

function idsOf(signals: readonly Signal[]): string[] {
  return signals.map((signal) => signal.eventId);
}

function addCalm(calm: Calm.Calm, ledger: Ledger.Ledger): Ledger.Ledger {
  return Ledger.add(ledger, calm.code, calm.weight, calm.text, idsOf(calm.members));
}

/** One sighting that nothing confirms is not critical. */
function stayBelowCritical(signal: Signal, scene: Scene, ledger: Ledger.Ledger): Ledger.Ledger {
  const excess = Ledger.total(ledger) - scene.weights.bounds.aloneMost;
  const text = "Nothing else confirms it yet, so it stays below critical.";
  return Ledger.add(ledger, "unconfirmed", -Math.max(0, excess), text, [signal.eventId]);
}

/** While nobody is home, doubts and habits do not push what deserved a look below the standard level. */
function stayVisible(signal: Signal, scene: Scene, ledger: Ledger.Ledger, deserved: number): Ledger.Ledger {
  const least = Math.min(deserved, scene.weights.bounds.emptyLeast);
  const missing = Math.max(0, least - Ledger.total(ledger));
  return Ledger.add(ledger, "nobody-home", missing, "Nobody is home, so it stays worth a look.", [
    signal.eventId,
  ]);
}

/** What is usual in this zone, and what this account has called false before. */
function habits(signal: Signal, scene: Scene, before: Ledger.Ledger): Ledger.Ledger {
  const { history, personal } = scene.weights;
  const ids = [signal.eventId];
  let ledger = before;
  const perDay = scene.zoneEventsPerDay;
  if (perDay !== null && isReport(signal.type)) {
    if (perDay >= thresholds.busyPerDay) {
      ledger = Ledger.add(
        ledger,
        "busy-zone",
        history.busy,
        `Some ${Math.round(perDay)} events a day are usual here.`,
        ids,
      );
    } else if (perDay <= thresholds.rarePerDay) {
      ledger = Ledger.add(ledger, "rare-zone", history.rare, "Hardly anything ever happens here.", ids);
    }
  }
  const dismissed = scene.dismissals
    .filter(
      (dismissal) => dismissal.type === signal.type && Zone.read(dismissal.zone).name === signal.place.name,
    )
    .reduce((sum, dismissal) => sum + Math.max(0, dismissal.count), 0);
  const relief = Math.max(personal.most, dismissed * personal.perDismissal);
  return Ledger.add(ledger, "dismissed", relief, Words.dismissed(dismissed), ids);
}
