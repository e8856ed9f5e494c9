/** What an ONVIF camera says that it sees, in the gateway's words. Topics: ONVIF's topic namespace, and what makers add to it. */
import { childrenOf, type Element, textAt, within } from "./read-xml.ts";

export type Notice = {
  /** Names the state that it is about: a second notice of the same one replaces the first. */
  of: string;
  what: string;
  /** Undefined: something that happened in this moment, without an end. */
  isOn: boolean | undefined;
};

/** The end of a topic, without prefixes, to what is said of it. */
const words: readonly [topic: RegExp, what: string][] = [
  [/\/(People|Person|Human)[A-Za-z]*$/i, "person"],
  [/\/(Vehicle|Car)[A-Za-z]*$/i, "vehicle"],
  [/\/(DogCat|Animal|Pet)[A-Za-z]*$/i, "animal"],
  [/\/Face[A-Za-z]*$/i, "face"],
  [/\/Visitor$/i, "visitor"],
  [/LineDetector\/Crossed$/i, "line crossed"],
  [/FieldDetector\/ObjectsInside$/i, "somebody inside"],
  [/(Motion|MotionAlarm)$/i, "motion"],
];

const flags = ["ismotion", "state", "isinside", "value"];

function flagOf(message: Element | undefined): boolean | undefined {
  for (const item of childrenOf(within(message, "Data"), "SimpleItem")) {
    if (!flags.includes((item.attributes.get("Name") ?? "").toLowerCase())) continue;
    const value = (item.attributes.get("Value") ?? "").toLowerCase();
    if (["true", "1"].includes(value)) return true;
    if (["false", "0"].includes(value)) return false;
  }
  return undefined;
}

/** @param told a `NotificationMessage`. @returns undefined for what says nothing of what it sees */
export function readNotice(told: Element): Notice | undefined {
  const topic = textAt(told, "Topic").replaceAll(/[A-Za-z0-9_.-]+:/g, "");
  const what = words.find(([pattern]) => pattern.test(topic))?.[1];
  // ONVIF's message stands in one of WS-Notification's, of the same name.
  const inner = within(told, "Message", "Message");
  if (what === undefined || !inner || inner.attributes.get("PropertyOperation") === "Deleted") {
    return undefined;
  }
  const source = childrenOf(within(inner, "Source"), "SimpleItem").map(
    (item) => item.attributes.get("Value") ?? "",
  );
  return { of: [topic, ...source].join("|").slice(0, 200), what, isOn: flagOf(inner) };
}
