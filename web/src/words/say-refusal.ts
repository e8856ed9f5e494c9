/** Why something did not work, and what to do. */
import { spoken } from "./spoken.ts";

type Said = { what: string; next: string };

const known: Readonly<Record<string, Said>> = {
  unauthenticated: {
    what: "This token is not accepted.",
    next: "It may be mistyped, revoked or of another installation. Sign in with a current member token.",
  },
  forbidden: { what: "This token may not do that.", next: "Ask an owner of the account." },
  "tier-excludes": {
    what: "Lite does not include deep reviews.",
    next: "Every event is still assessed. Guardian and Pro add reviews.",
  },
  "quota-exceeded": {
    what: "Today’s deep reviews are used up.",
    next: "The next ones come when the allowance resets. Life-safety events are reviewed regardless.",
  },
  "no-evidence": {
    what: "This session has no pictures to look at.",
    next: "Its events came without images, or the images have not arrived yet.",
  },
  "endpoint-unconfirmed": {
    what: "Nothing is sent there at the moment.",
    next: "Confirm the address with the link in the e-mail, or switch it on.",
  },
  "code-wrong": { what: "This is not the code.", next: "Look at the newest mail, and type it once more." },
  "code-spent": { what: "This code is good no longer.", next: "Ask for a new one." },
  "code-unknown": {
    what: "No device waits with this code.",
    next: "Look at it once more. Codes are good for ten minutes; then the device shows a new one.",
  },
  "subscribed-already": {
    what: "The account has a subscription already.",
    next: "Change it instead of buying another.",
  },
  "not-subscribed": { what: "The account has no subscription.", next: "Buy one first." },
  "erasure-begun": { what: "The erasure has begun.", next: "It cannot be called off any more." },
  "last-owner": { what: "The account needs an owner.", next: "Make somebody else an owner first." },
  "already-member": { what: "You are in this account already.", next: "Open the console instead." },
  "sign-in-refused": { what: "That did not work.", next: "Try again, or sign in with a code." },
  "not-found": { what: "There is no such thing in this account.", next: "It may have been removed." },
  overloaded: { what: "The system is very busy.", next: "Try again in a moment." },
  unavailable: { what: "A part of the system does not answer.", next: "Try again in a moment." },
};

export const say = spoken("refusal", {
  /** What the codes of the API's catalogue mean at this screen. */
  known,
  /** What the catalogue here does not have, in the API's own words. */
  other: (title: string, detail: string): Said => ({ what: `${title}.`, next: detail }),
  unreachable: { what: "Vigil does not answer.", next: "The console keeps trying." },
  passkeyUnused: { what: "The passkey was not used.", next: "Try again, or sign in with a code." },
  unexpected: { what: "Something unexpected happened.", next: "Reload the page and try again." },
});
