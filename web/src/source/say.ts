/** Cameras, gateways and partners as givers of pictures. */
import type { Source } from "../api/contract.ts";
import { spoken } from "../words/spoken.ts";

type State = Source["state"];
type Fault = Source["shares"][number]["fault"];

export const say = spoken("source", {
  pageTitle: "Vigil · Sources",
  sources: "Sources",
  what: "Who gives pictures, and what people and facts of the last 30 days say of them. What threatens life is looked at whatever stands here.",
  none: "Nobody gives pictures yet.",
  kinds: { device: "Camera or gateway", run: "Runs" } satisfies Readonly<Record<Source["kind"], string>>,
  states: { trusted: "Trusted", probation: "On probation", blocked: "Blocked" } satisfies Readonly<
    Record<State, string>
  >,
  follows: {
    device: {
      trusted: "Looked at as ever.",
      probation: "Only what is judged elevated or critical is looked at without being asked for.",
      blocked: "Only what is judged critical is looked at without being asked for.",
    },
    run: {
      trusted: "Looked at as ever.",
      probation: "The first 256 pictures of a run are looked at; the rest only if these are not off-topic.",
      blocked: "Its runs are refused.",
    },
  } satisfies Readonly<Record<Source["kind"], Readonly<Record<State, string>>>>,
  faults: { "off-topic": "Off-topic", duplicates: "Duplicates", broken: "Broken" } satisfies Readonly<
    Record<Fault, string>
  >,
  why: "Why",
  because: (fault: string, found: number, of: number, low: string) =>
    `${fault}: ${found} of ${of}, surely more than ${low}.`,
  share: (found: number, of: number) => (of === 0 ? "nothing to tell by" : `${found} of ${of}`),
  between: (low: string, high: string) => `between ${low} and ${high}`,
  wayBack: "The way back",
  byTime: (state: State, at: string) =>
    state === "blocked"
      ? `On ${at} it is on probation again.`
      : `If nothing more is found against it, it is trusted again on ${at}.`,
  byPictures: (judged: number, wanted: number) =>
    `Or by better pictures: ${judged} could be told since then, and ${wanted} at least must be.`,
  overruled: (at: string, reason: string) => `An owner said otherwise on ${at}: ${reason}`,
  overrule: "Say otherwise",
  reason: "The reason",
  trust: "Trust it",
  block: "Block it",
  quota: "What it may give",
  itemsPerRun: "Pictures in a run",
  itemsPerDay: "Pictures in runs of a day",
  noLimit: "no limit",
});
