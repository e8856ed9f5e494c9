/** What became of a picture. */
import { spoken } from "./spoken.ts";

export const say = spoken("outcome", {
  nothingRecognised: "Looked at closely: nothing recognised.",
  nothingInIt: "Nothing in it.",
  likeAnother: "Nearly the same as another picture.",
  likePicture: (number: number) => `As in picture ${number}: nearly the same, so not looked at twice.`,
  unreadable: (why: string) => `Could not be read${why === "" ? "" : `: ${why}`}.`,
  missing: (why: string) => `The picture is missing${why === "" ? "" : `: ${why}`}.`,
  deferred: "Not looked at yet: the system was busy. It will be.",
  shortNothing: "nothing",
  shortLike: (number: number | undefined) => `as ${number ?? "another"}`,
  shortUnreadable: "unreadable",
  shortMissing: "missing",
  shortDeferred: "later",
  position: (number: number | string, of: number) => `Picture ${number} of ${of}`,
});
