/**
 * What is worth telling of each thing that detectors name: how much it interests, how sure one must be of it, and where it
 * can be. A detector calls an umbrella an aeroplane, and a reflection a bird: what is hardly sure, or makes no sense where it
 * stands, is no news.
 */
import type { EventType } from "../event/wire.ts";
import type { PlaceKind } from "../zone.ts";
import * as Things from "./words-things.ts";

export type LabelRule = {
  /** `news` may lead a title; `also` is told at the end, if at all. */
  interest: "news" | "also";
  /** Below it a thing is not told of, unless the event is about it. */
  confidenceMin: number;
  places: "anywhere" | "outdoors";
};

const ofKind: Readonly<Record<Things.Kind, LabelRule>> = {
  // Nobody is left out for being hardly seen: that is said with "possibly".
  person: { interest: "news", confidenceMin: 0, places: "anywhere" },
  animal: { interest: "news", confidenceMin: 0.5, places: "outdoors" },
  vehicle: { interest: "news", confidenceMin: 0.25, places: "outdoors" },
  belonging: { interest: "news", confidenceMin: 0.4, places: "anywhere" },
  background: { interest: "also", confidenceMin: 0.25, places: "anywhere" },
};

/** Where a thing differs from its kind. */
const ofLabel: Readonly<Record<string, Partial<LabelRule>>> = {
  cat: { confidenceMin: 0.3, places: "anywhere" },
  dog: { confidenceMin: 0.3, places: "anywhere" },
  bird: { places: "anywhere" },
  elephant: { interest: "also", confidenceMin: 0.8 },
  zebra: { interest: "also", confidenceMin: 0.8 },
  giraffe: { interest: "also", confidenceMin: 0.8 },
  bear: { confidenceMin: 0.6 },
  bicycle: { places: "anywhere" },
  airplane: { interest: "also", confidenceMin: 0.7 },
  train: { interest: "also", confidenceMin: 0.6 },
  boat: { interest: "also", confidenceMin: 0.6 },
  backpack: { interest: "also" },
  handbag: { interest: "also" },
  knife: { confidenceMin: 0.5, places: "outdoors" },
  "baseball bat": { confidenceMin: 0.5, places: "outdoors" },
};

export type LabelRules = Readonly<
  Record<string, { [Property in keyof LabelRule]?: LabelRule[Property] | undefined }>
>;

/** @param changed what an operator or an account has set otherwise */
export function ruleOf(label: string, changed: LabelRules = {}): LabelRule {
  const usual: LabelRule = {
    ...ofKind[Things.kindOf(label)],
    ...(Object.hasOwn(ofLabel, label) ? ofLabel[label] : {}),
  };
  const wish = Object.hasOwn(changed, label) ? changed[label] : undefined;
  return {
    interest: wish?.interest ?? usual.interest,
    confidenceMin: wish?.confidenceMin ?? usual.confidenceMin,
    places: wish?.places ?? usual.places,
  };
}

const subjects: Readonly<Partial<Record<EventType, (label: string) => boolean>>> = {
  person: (label) => label === "person",
  vehicle: (label) => Things.kindOf(label) === "vehicle",
  animal: (label) => Things.kindOf(label) === "animal",
  package: (label) => ["package", "parcel", "suitcase", "backpack", "handbag"].includes(label),
};

/** Whether an event is about such a thing, as its device says. */
export function isSubject(label: string, eventType: EventType): boolean {
  return subjects[eventType]?.(label) ?? false;
}

export type Told = "news" | "also" | "untold";

/** How much surer one must be of a thing, other than a person, in a picture without colours. */
const monochromeConfidence = 0.1;

export type Circumstances = {
  placeKind: PlaceKind;
  eventType: EventType;
  changed?: LabelRules;
  /** Whether the picture is one of an infrared lamp. */
  isMonochrome?: boolean;
};

/** What becomes of a thing seen this surely in a place of this kind. */
export function tell(
  { label, confidence }: { label: string; confidence: number },
  { placeKind, eventType, changed, isMonochrome }: Circumstances,
): Told {
  const usual = ruleOf(label, changed);
  const isHardToTell = isMonochrome === true && Things.kindOf(label) !== "person" && usual.confidenceMin > 0;
  const rule = isHardToTell
    ? { ...usual, confidenceMin: Math.min(1, usual.confidenceMin + monochromeConfidence) }
    : usual;
  const misplaced = rule.places === "outdoors" && placeKind === "interior";
  if (isSubject(label, eventType)) return misplaced && confidence < rule.confidenceMin ? "untold" : "news";
  if (confidence < rule.confidenceMin) return "untold";
  return misplaced || rule.interest === "also" ? "also" : "news";
}
