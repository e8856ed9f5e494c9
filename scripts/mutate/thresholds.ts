/** The numbers by which pictures are read, where they stand in the source, and the tests that hold them. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../commands.ts";

export type Threshold = { file: string; name: string; line: number; value: string };

const core = "packages/core/src";

/** Which files have thresholds, by the tests that hold them. */
export const groups: Readonly<Record<string, { files: readonly string[]; tests: string }>> = {
  digest: { files: ["see", "label-rules", "one-label", "track"], tests: "digest/*.test.ts" },
  session: { files: ["follows"], tests: "session/follows.test.ts" },
};

export function testsOf(group: string): string[] {
  return globSync(join(root, core, groups[group]?.tests ?? "")).toSorted();
}

/** Each threshold of the group halved, and doubled. */
export function mutantsOf(group: string): { threshold: Threshold; factor: number }[] {
  return thresholdsOf(group).flatMap((threshold) => [0.5, 2].map((factor) => ({ threshold, factor })));
}

/** Every constant, and every member of a table, that is a number other than 0. */
function thresholdsOf(group: string): Threshold[] {
  return (groups[group]?.files ?? []).flatMap((name) => {
    const file = `${core}/${group}/${name}.ts`;
    return readFileSync(join(root, file), "utf8")
      .split("\n")
      .flatMap((text, index) => readLine(text).map((found) => ({ ...found, file, line: index + 1 })));
  });
}

function readLine(text: string): { name: string; value: string }[] {
  const constant = /^(?:export )?const (\w+) = ([\d._]+(?:e-\d+)?)/.exec(text);
  const member = /^ {2}"?([\w ]+?)"?: \{.*confidenceMin: ([\d.]+)/.exec(text);
  const [, name, value] = constant ?? member ?? [];
  return name === undefined || value === undefined || Number(value.replaceAll("_", "")) === 0
    ? []
    : [{ name, value }];
}

/** The line of the threshold with another number. */
export function changed(text: string, { value }: Threshold, factor: number): string {
  return text.replace(value, String(Number(value.replaceAll("_", "")) * factor));
}
