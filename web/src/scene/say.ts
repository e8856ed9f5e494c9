/** What stands before a camera, and what is drawn on its picture. */
import { mark } from "../words/mark.ts";
import { spoken } from "../words/spoken.ts";

const sides: readonly [string, string, string, string] = ["Left", "Top", "Width", "Height"];

export const say = spoken("scene", {
  sides,
  percent: (side: string) => `${side}, %`,
  drawOrSet: `Draw a box on the picture, or ${mark("set one by numbers")}.`,
  whatIsInIt: "What is in the box",
  whatItIs: "What it is",
  itsName: "What you call it, or the zone",
  belongs: "This belongs there",
  ignore: "Ignore things there",
  isZone: "This is a zone",
  blacken: "Blacken it from now on",
  leave: "Leave it",
  noPicture: "No picture of this camera has been looked at yet.",
  sees: (things: string) => `What this camera sees: ${things}`,
  nothingKnown: "nothing that is known",
  arrived: (when: string) => `arrived ${when}`,
  firstSeen: (when: string) => `first seen ${when}`,
  always: "always",
  named: (name: string, what: string) => `“${name}” (${what})`,
  nameIt: "Name it",
  yourNameFor: (what: string) => `What you call the ${what}`,
  keepName: "Keep the name",
  notThere: "It does not belong there",
  pageTitle: "Vigil · What stands there",
  title: "What stands before this camera",
  what: "What always stands there is no news until it has left. People and animals are told of every time.",
  standsThere: "Stands there",
  nothingYet: "Nothing that Vigil knows of yet.",
  drawn: "Drawn on the picture",
  masksFromThen:
    "A mask holds for pictures that come from when it was drawn. Those that were kept before show what they showed.",
  nothingDrawn: "Nothing. Draw a box on the picture to begin.",
  ignored: "Things there are not told of",
  zone: (name: string) => `The zone “${name}”`,
  mask: "A mask: blackened before a picture is kept",
});
