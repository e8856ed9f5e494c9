/** Devices, their keys, and how one is let in. */
import type { Enrolment } from "../api/contract.ts";
import { spoken } from "../words/spoken.ts";

export const say = spoken("device", {
  pageTitle: "Vigil · Devices",
  devices: "Devices",
  letIn: "Let a device in",
  browserAsCamera: "Use this browser as a camera",
  noDevice: "No device yet.",
  oldKeysStop: "stop at once",
  oldKeysHour: "work for an hour more",
  oldKeysDay: "work for a day more",
  oldKeysWeek: "work for a week more",
  notHeard: "not heard of yet",
  heard: (when: string) => `heard ${when}`,
  before: "What stands before it",
  newKeyOnce: "The new key, shown this once:",
  newKey: "New key",
  andOldKeys: "and its old keys",
  removeNow: (name: string) => `Remove ${name}: its keys stop at once`,
  removeAsk: "Remove…",
  noKey: "No valid key: it waits for one, or was locked out.",
  key: "Key",
  revokeKey: (end: string) => `Revoke …${end}`,
  made: (when: string) => `made ${when}`,
  used: (when: string) => `used ${when}`,
  ends: (when: string) => `ends ${when}`,
  enrolTitle: "Vigil · Let a device in",
  onlyOwner: "Only an owner can let a device in",
  turnedAway: "It was turned away",
  isLetIn: (name: string) => `${name} is let in`,
  getsNoKey: "It gets no key. If it was yours, have it ask anew.",
  getsKey: (account: string) =>
    `It gets its key by itself within seconds, and reports to ${account} from then on.`,
  another: "Let another in",
  whatCodes:
    "A camera, a gateway or a script that asks to be let in shows a code, and often a picture of squares: with a phone’s camera, that leads here too.",
  codeShown: "The code that the device shows",
  looking: "Looking…",
  look: "Look for it",
  callsItself: (kind: Enrolment["kind"], name: string) =>
    `${{ camera: "A camera", gateway: "A gateway", other: "A device" }[kind]} that calls itself “${name}”`,
  asked: (when: string, account: string) =>
    `It asked ${when}. Let it in only if you have it before you: its pictures and events will belong to ${account}.`,
  nameIt: "What you call it",
  whereItIs: "Where it is",
  whatItWatches: "What it watches there, if you like",
  exampleZone: "front_door",
  letItIn: "Let it in",
  notMine: "It is not mine",
});
