/** The numbers by which pictures are read, where they stand in the source, and the tests that hold them. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../commands.ts";

/** `column`: where its number begins in its line. */
export type Threshold = { file: string; name: string; line: number; column: number; value: string };

const core = "packages/core/src";

/** Which files have thresholds, by the tests that hold them. */
export const groups: Readonly<Record<string, { files: readonly string[]; tests: string }>> = {
  digest: { files: ["see", "label-rules", "one-label", "track"], tests: "digest/*.test.ts" },
  session: { files: ["follows"], tests: "session/follows.test.ts" },
  // A week of one camera takes seconds to play: what holds each number is said by shorter scenes.
  scene: { files: ["learn", "recognise", "optics"], tests: "scene/{learn,optics,thresholds}.test.ts" },
};

export function testsOf(group: string): string[] {
  return globSync(join(root, core, groups[group]?.tests ?? "")).toSorted();
}

/** Each threshold of the group halved, and doubled. */
export function mutantsOf(group: string): { threshold: Threshold; factor: number }[] {
  return thresholdsOf(group).flatMap((threshold) => [0.5, 2].map((factor) => ({ threshold, factor })));
}

/** Every constant, and every number in a table of one line or in a line of a table, other than 0. */
function thresholdsOf(group: string): Threshold[] {
  return (groups[group]?.files ?? []).flatMap((name) => {
    const file = `${core}/${group}/${name}.ts`;
    return readFileSync(join(root, file), "utf8")
      .split("\n")
      .flatMap((text, index) => readLine(text).map((found) => ({ ...found, file, line: index + 1 })));
  });
}

type Found = Pick<Threshold, "name" | "column" | "value">;

function readLine(text: string): Found[] {
  return [...readConstant(text), ...readTable(text)].filter(({ value }) => numberOf(value) !== 0);
}

/** Also what is worked out of several: the first of them is changed. */
function readConstant(text: string): Found[] {
  const found = /^(?:export )?const (?<name>\w+) = (?<value>[\d._]+(?:e-\d+)?)/d.exec(text);
  const [name, value, column] = [
    found?.groups?.name,
    found?.groups?.value,
    found?.indices?.groups?.value?.[0],
  ];
  return name !== undefined && value !== undefined && column !== undefined ? [{ name, value, column }] : [];
}

function readTable(text: string): Found[] {
  const [, name] =
    /^(?:(?:export )?const| {2}(?="?[\w ]+"?: \{)) ?"?(\w[\w ]*?)"?(?: =|:) \{/.exec(text) ?? [];
  if (name === undefined) return [];
  return [...text.matchAll(/(\w+): ([\d._]+(?:e-\d+)?)(?=[ ,}])/g)].map(
    ([all, member = "", value = ""], index, every) => ({
      name: `${name}.${member}${every.slice(0, index).some(([, other]) => other === member) ? " again" : ""}`,
      value,
      column: (every[index]?.index ?? 0) + all.length - value.length,
    }),
  );
}

function numberOf(value: string): number {
  return Number(value.replaceAll("_", ""));
}

/** The line of the threshold with another number. */
export function changed(text: string, { value, column }: Threshold, factor: number): string {
  return text.slice(0, column) + String(numberOf(value) * factor) + text.slice(column + value.length);
}
