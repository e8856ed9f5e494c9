import type { Colour } from "@vigil/core/colour";

/** Windows, tyres and shadows take a part of every vehicle; a colour that covers less than this is not its colour. */
const prevailingShare = 0.45;
/** Less saturated is grey, and darker is black, whatever the hue. */
const saturationMin = 0.25;
const blackBelow = 56;
const whiteFrom = 176;
const brownBelow = 140;

/** Where each hue ends, in degrees. */
const hues: readonly [until: number, colour: Colour][] = [
  [18, "red"],
  [42, "orange"],
  [68, "yellow"],
  [165, "green"],
  [262, "blue"],
  [330, "red"],
  [360, "red"],
];

/** The colour of most of the samples (red, green, blue, 0..255); undefined where none prevails. */
export function prevailingColour(samples: readonly [number, number, number][]): Colour | undefined {
  const counts = new Map<Colour, number>();
  for (const sample of samples) {
    const colour = nameOf(sample);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return most && most[1] >= prevailingShare * samples.length ? most[0] : undefined;
}

function nameOf([red, green, blue]: readonly [number, number, number]): Colour {
  const most = Math.max(red, green, blue);
  const chroma = most - Math.min(red, green, blue);
  if (most < blackBelow) return "black";
  if (chroma < saturationMin * most) return most >= whiteFrom ? "white" : "grey";
  const hue = hueOf(red, green, blue, chroma);
  const colour = hues.find(([until]) => hue < until)?.[1] ?? "red";
  return colour === "orange" && most < brownBelow ? "brown" : colour;
}

/** 0..360. Source: the hexagonal hue of HSV. */
function hueOf(red: number, green: number, blue: number, chroma: number): number {
  const most = Math.max(red, green, blue);
  const sextant =
    most === red
      ? (green - blue) / chroma
      : most === green
        ? (blue - red) / chroma + 2
        : (red - green) / chroma + 4;
  return (sextant * 60 + 360) % 360;
}
