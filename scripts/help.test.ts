import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { root } from "./commands.ts";
import { headOf } from "./help.ts";

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const programs = Object.values(scripts).flatMap((command) => /^node (\S+\.ts)/.exec(command)?.[1] ?? []);
const start = (...args: string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });

describe("the help of programs", () => {
  it("is the comment at a program's head, without its frame", () => {
    assert.equal(
      headOf("/**\n * Counts.\n *\n *   npm run count\n */\nlet a;"),
      "Counts.\n\n  npm run count",
    );
    assert.equal(headOf("/** Counts. */"), "Counts.");
    assert.equal(headOf("let a; /** Counts. */"), "");
  });

  it("is there for everything that takes options", () => {
    const without = programs.filter((program) => {
      const source = readFileSync(join(root, program), "utf8");
      return /parseArgs|process\.argv/.test(source) && !/\/help\.ts"|--help|\bhelp\b/.test(source);
    });
    assert.ok(programs.length > 30, "too few programs were found");
    assert.deepEqual(without, []);
  });

  it("is printed when it is asked for, and for an option that there is not", () => {
    const program = "scripts/levels.ts";
    const asked = start(program, "--help");
    assert.equal(asked.status, 0, asked.stderr);
    assert.match(asked.stdout, /^`npm run levels/);
    const wrong = start(program, "--seed", "3");
    assert.equal(wrong.status, 2, wrong.stderr);
    assert.match(wrong.stderr, /^Unknown option '--seed'/);
    assert.match(wrong.stderr, /npm run levels/);
    assert.doesNotMatch(wrong.stderr, /node:internal/);
  });
});
