/** What the account has chosen for itself. */
import { counted } from "../words/counted.ts";
import { spoken } from "../words/spoken.ts";

export const say = spoken("settings", {
  pageTitle: "Settings · Vigil",
  settings: "Settings",
  language: "Language",
  languageWhat: "Of the console, and of what you are told in it. Your choice holds in all of your accounts.",
  languageHere: "Of the console in this browser.",
  whatWasDone: "What was done",
  clock: "Clock and quiet hours",
  timeZone: "Time zone",
  timeThere: (time: string) =>
    `It is ${time} there. A new time zone stretches the day of the allowance that is under way.`,
  letAlertsWait: "Let alerts wait in quiet hours",
  morningSummary: "A morning summary tells what waited. Smoke, gas, fire and break-ins never wait.",
  from: "From",
  until: "until",
  consent: "What is looked for in pictures",
  consentWhat:
    "People, animals and vehicles are always looked for. The following is not, at any site, unless an owner says so here. Turned off again, what was found is erased: from digests, from what they are found by, and from what was told of them as far as it is kept here. What left by mail or webhook before cannot be called back. Pictures stay.",
  kinds: {
    faces: {
      name: "Faces",
      does: "Counts the faces that are clear enough to see, so that a digest can say which pictures show somebody. Nobody is recognised by name.",
    },
    plates: {
      name: "Number plates",
      does: "Reads the plates of vehicles into the digest, where they can be searched for.",
    },
    reidentification: {
      name: "The same person again",
      does: "Compares what people look like, so that a digest can say that two cameras saw one person. For pictures that are imported in bulk, every site must have it on: then those that look alike are found better.",
    },
  },
  onSince: (when: string, by: string) => `On since ${when}; ${by} consented.`,
  offNobody: "Off. Nobody has consented to it.",
  offErasing: (when: string, by: string) =>
    `Off since ${when} (${by}). What was stored is being erased; that takes some minutes.`,
  offErased: (off: { when: string; by: string; erased: string; findings: number; digests: number }) =>
    `Off since ${off.when} (${off.by}). Erased ${off.erased}: ${off.findings} found, in ${off.digests} digests.`,
  receipt: "The receipt",
  erase: "Erase the account",
  eraseWhat:
    "Everything goes: events, pictures, digests, what was learned of each camera, members, devices and their keys. What is paid for is cancelled. Nobody can bring it back.",
  eraseWhen:
    "It begins a day after you ask. Until then any owner can call it off, and every owner is told by mail. At the end you get a receipt that says how much went, and names nobody.",
  eraseNeedsPerson: "Sign in with your address for this: a token cannot erase the account.",
  typeName: (name: string) => `Type the account’s name, ${name}`,
  eraseNamed: (name: string) => `Erase ${name}`,
  willBeErased: "This account will be erased",
  erasureBegins: (when: string) =>
    `It begins ${when}. From then on nobody gets in, and nothing can be brought back.`,
  callOff: "Call it off",
  keepLink: "Keep this link: it shows the receipt",
  ownerCallsOff: "An owner of the account can call it off.",
  export: "Take everything with you",
  exportWhat:
    "All that the account has, in one archive: every row as a line of JSON, every picture, and a list of sums to check them by. It is written in the background and deleted a day later.",
  beingWritten: "It is being written…",
  exportAll: "Export everything",
  askedFor: (when: string) => `Asked for ${when}`,
  notWritten: "It could not be written. Ask for another.",
  hereUntil: (when: string) => `Here until ${when}.`,
  download: "Download",
  downloadPart: (no: number) => `Download part ${no}`,
  beginsSoon: "It begins within a minute.",
  written: (rows: number, files: number) =>
    `${counted(rows, "row", "rows")} and ${counted(files, "file", "files")}.`,
  writtenSoFar: (rows: number, files: number) =>
    `${counted(rows, "row", "rows")} and ${counted(files, "file", "files")} until now…`,
  bytes: "bytes",
  calledFalse: "What you called false",
  calledFalseWhat:
    "Events like those that you called false weigh less, within a cap. What may threaten a life never does.",
  forgetAll: "Yes, forget all of it",
  forget: "Forget what was called false",
  forgotten: "Forgotten: every event weighs what it weighs by itself.",
  howLong: "How long pictures are kept",
  daysLabel: "Days",
  thenErased: (daysMax: number) =>
    `Then they are erased for good. What was said of them stays. Your plan keeps them for up to ${daysMax} days.`,
  olderGo: (days: number) =>
    `Pictures older than ${counted(days, "day", "days")} go within minutes, and nothing brings them back.`,
  heldUntil: (when: string, days: number) =>
    `Until ${when} they are kept for ${counted(days, "day", "days")}, as under your plan before.`,
  trials: "Models on trial",
  trialsWhat:
    "Before another model takes its place, Vigil’s operators compare it with the one in use. With your consent it looks at single pictures of your reviews as well, and the operators are shown those about which the two disagree. Nothing of it is in your digests. If you turn it off, what nobody has judged yet is erased.",
  takePart: "My pictures may be used for that",
  keepFor: (days: number) => `Keep them for ${counted(days, "day", "days")}`,
});
