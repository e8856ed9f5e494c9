/** What is said on many pages. */
import { counted } from "./counted.ts";
import { spoken } from "./spoken.ts";

export const everywhere = spoken("everywhere", {
  allDigests: "All digests",
  tryNow: "Try now",
  tryAgain: "Try again",
  loading: "Loading",
  loadingMore: "Loading…",
  oneMoment: "One moment…",
  showOlder: "Show older ones",
  remove: "Remove",
  revoke: "Revoke",
  keepIt: "Keep it",
  signOut: "Sign out",
  signIn: "Sign in",
  signingIn: "Signing in…",
  adding: "Adding…",
  saving: "Saving…",
  save: "Save",
  saved: "Saved.",
  nothingYet: "Nothing yet.",
  makeALink: "Make a link",
  readTheDigest: "Read the digest",
  ownerMayChange: "An owner of the account can change this.",
  askAnOwner: "Ask one of the account’s owners.",
  level: "Level:",
  levels: { low: "Low", standard: "Standard", elevated: "Elevated", critical: "Critical" },
  /** As one option of a form, and within a sentence. */
  levelsWithin: { low: "low", standard: "standard", elevated: "elevated", critical: "critical" },
  noPicture: "No picture",
  open: "open",
  cameLate: "came late",
  /** What a worker, a check or a receiver said of one picture or delivery. */
  reported: (text: string) => text,
  request: (id: string) => `Request ${id}`,
  pictures: (count: number) => counted(count, "picture", "pictures"),
});
