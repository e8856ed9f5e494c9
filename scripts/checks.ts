/** Everything that is checked without running the project: format, lint, types and the layout of the tree. */
import { existsSync, globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root, run, tool } from "./commands.ts";
import { inSeconds, paint, type Terminal } from "./terminal.ts";

type Check = { name: string; command: string; args: string[] };

/** Each part that runs elsewhere than in Node has its own compiler settings. */
const typedParts = ["web", "load-tests", "infra"];

/** Tests that hold files against each other, and run nothing else: what they find is a slip of the pen, as a linter's is. */
function quickTests(): string[] {
  const words = globSync("web/src/words/*.test.ts", { cwd: root }).toSorted();
  return ["test/workflows.test.ts", "test/monitoring.test.ts", ...words];
}

function listChecks(): Check[] {
  const types = typedParts
    .filter((part) => existsSync(join(root, part, "tsconfig.json")))
    .map((part) => ({ name: `types: ${part}`, command: tool("tsc"), args: ["--project", part] }));
  return [
    { name: "lint", command: tool("oxlint"), args: ["--type-aware"] },
    { name: "types", command: tool("tsc"), args: ["--project", "."] },
    ...types,
    { name: "dead code", command: tool("knip"), args: ["--no-progress"] },
    { name: "layout", command: process.execPath, args: ["scripts/check-layout.ts"] },
    {
      name: "quick tests",
      command: process.execPath,
      args: ["--test", "--test-isolation=none", ...quickTests()],
    },
    { name: "format", command: tool("biome"), args: ["check", "--colors=off"] },
  ];
}

/** Runs all checks side by side and prints what the failed ones said. Returns whether all passed. */
export async function runChecks(terminal: Terminal): Promise<boolean> {
  const startMs = performance.now();
  const waiting = listChecks();
  const failures: { name: string; output: string }[] = [];
  const next = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { name, command, args } = check;
      await terminal
        .step(name, async () => {
          const { code, output } = await run(command, args);
          if (code === 0) return;
          failures.push({ name, output });
          throw new Error(`${name} failed`);
        })
        // What it said is printed below, when all have ended.
        .catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
  for (const { name, output } of failures) {
    terminal.line(`\n${paint(["bold", "red"], name)}\n${output.trim()}`);
  }
  const took = inSeconds(performance.now() - startMs);
  terminal.line(
    failures.length === 0
      ? `\n${paint("green", "All checks passed")} in ${took}.`
      : `\n${paint("red", `Failed: ${failures.map(({ name }) => name).join(", ")}`)} (${took}). \`npm run format\` repairs the format.`,
  );
  return failures.length === 0;
}
