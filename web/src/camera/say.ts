/** This browser as a camera. */
import { spoken } from "../words/spoken.ts";

const faults: Readonly<Record<string, string>> = {
  NotAllowedError: "The browser was not allowed to use a camera. Allow it in its settings for this page.",
  NotFoundError: "This device has no camera.",
  OverconstrainedError: "This device has no camera.",
  NotReadableError: "Another program uses the camera. Close it, and start again.",
  NotSupportedError: "This browser has no use of cameras.",
  SecurityError: "Browsers give cameras to pages on https alone.",
};

export const say = spoken("camera", {
  myPhone: "My phone",
  myComputer: "My computer",
  onlyOwner: "Only an owner can add a camera",
  addTo: (account: string) => `Add it to ${account}`,
  itsName: "What it is called",
  watches: "What it watches, if you like",
  exampleZone: "hallway",
  where: "Where",
  addBrowser: "Add this browser",
  pageTitle: "Vigil · This browser as a camera",
  title: "This browser as a camera",
  what: "It watches while this page is open and in front. Motion is looked for here, in the page; when something moves, a few pictures go to your account, and what was seen comes back as a digest. Nothing is recorded.",
  whatItSees: "What the camera sees",
  waiting: "Waiting for the camera…",
  off: "Off",
  movingNow: "Moving now",
  sendNow: "Send what it sees now",
  stop: "Stop",
  start: "Start watching",
  removeNamed: (name: string) => `Remove “${name}”`,
  reported: "Reported",
  onItsWay: "On its way…",
  wasRemoved: "This camera was removed from the account.",
  wentAway: "The camera went away.",
  faults,
  /** What a device is answered is in English: it is said here in the language of the page. */
  judged: (summary: string) => summary,
  notStarted: "The camera could not be started.",
});
