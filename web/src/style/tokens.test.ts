import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const [light = "", dark = ""] = css.split("@media (prefers-color-scheme: dark)");

/** The colours of a scheme by name. The dark scheme inherits what it does not set. */
function colours(...sources: string[]): Map<string, string> {
  const found = sources.flatMap((source) => [...source.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)]);
  return new Map(found.map(([, name = "", colour = ""]) => [name, colour]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

const texts = ["ink", "ink-soft"].flatMap((text) =>
  ["paper", "surface", "sunk"].map((ground) => [text, ground] as const),
);
const pairs = [
  ...texts,
  ["accent", "paper"],
  ["accent", "surface"],
  ["accent", "accent-soft"],
  ["on-accent", "accent"],
  ["fault", "surface"],
  ["ink", "lit"],
  ["ink-soft", "lit"],
  ...["low", "standard", "elevated", "critical"].flatMap((level) => [
    [level, `${level}-ground`] as const,
    ["ink", `${level}-ground`] as const,
  ]),
  ...["person", "vehicle", "animal", "other"].map((family) => ["on-family", family] as const),
] as const;

describe("colours", () => {
  for (const [scheme, known] of [
    ["light", colours(light)],
    ["dark", colours(light, dark)],
  ] as const) {
    it(`keep text readable (4.5 to 1) in the ${scheme} scheme`, () => {
      for (const [text, ground] of pairs) {
        const ratio = contrast(known.get(text) ?? "", known.get(ground) ?? "");
        assert.ok(
          ratio >= 4.5,
          `expected ${text} on ${ground} to have at least 4.5, got ${ratio.toFixed(2)}`,
        );
      }
    });
  }
});
