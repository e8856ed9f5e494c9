/** Weeks and months in a few figures. */
import { counted, number } from "../words/counted.ts";
import { spoken } from "../words/spoken.ts";

export const say = spoken("trend", {
  pageTitle: "Trends · Vigil",
  trends: "Trends",
  howFarBack: "How far back",
  days: (count: number) => `${count} days`,
  loadingFigures: "Loading the figures",
  byDay: "Sessions by day and level",
  byHour: "Events by hour and zone",
  noEvent: "No event in this time.",
  byClock: (timeZone: string, from: string, until: string) =>
    `By the account’s own clock, ${timeZone}, from ${from} until ${until}, today included as far as it has come.`,
  levels: "Levels",
  noSession: "no session",
  eventsByHour: "Events by the hour",
  caption: (most: number) => `Events by zone and hour; the most in one hour: ${most}`,
  zone: "Zone",
  noZone: "No zone",
  events: "Events",
  hour: (from: number, count: number) => `${from}:00 to ${from + 1}:00: ${count}`,
  zonesLeftOut: (count: number) => `${count} more zones with fewer events are not listed.`,
  digestsOfThem: (count: number) => `${counted(count, "digest", "digests")} of them`,
  serious: "Serious",
  seriousWhat: "sessions at elevated or critical",
  deepReviews: "Deep reviews",
  asked: (byMembers: number, failed: number) =>
    `${number(byMembers)} asked for by members, ${number(failed)} failed`,
  calledFalse: "Called false",
  weighLess: "events like them weigh less since",
  lookedWithin: "Looked at within",
  noSerious: "no serious digest",
  opened: (opened: number, of: number) =>
    `in the middle; ${number(opened)} of ${counted(of, "serious digest", "serious digests")} opened`,
});
