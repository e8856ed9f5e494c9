import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { root, run, tool } from "./commands.ts";

type Example = { name: string; path: string; text: string; rule: string };

const longFunction = `export function long(): number[] {\n  const all: number[] = [];\n${"  all.push(1);\n".repeat(90)}  return all;\n}\n`;

const refused: Example[] = [
  {
    name: "the environment read outside of config.ts",
    path: "functions/src/api.ts",
    text: 'export const port = process.env["PORT"];\n',
    rule: "node(no-process-env)",
  },
  {
    name: "a function of 90 lines",
    path: "functions/src/long.ts",
    text: longFunction,
    rule: "max-lines-per-function",
  },
  {
    name: "a branch on a line of its own without braces",
    path: "functions/src/branch.ts",
    text: "export function sign(n: number): number {\n  if (n < 0)\n    return -1;\n  return 1;\n}\n",
    rule: "curly",
  },
  {
    name: "a picture without words for those who do not see it",
    path: "web/src/picture.tsx",
    text: "export const Picture = ({ url }: { url: string }) => <img src={url} />;\n",
    rule: "jsx-a11y(alt-text)",
  },
  {
    name: "a hook that is called now and then",
    path: "web/src/hook.tsx",
    text: 'import { useState } from "react";\nexport function Count({ on }: { on: boolean }) {\n  if (on) useState(0);\n  return <p>1</p>;\n}\n',
    rule: "react(hooks)",
  },
];

const allowed: Omit<Example, "rule">[] = [
  {
    name: "the environment read in a config.ts, and in a test",
    path: "functions/src/config.ts",
    text: 'export const port = process.env["PORT"];\n',
  },
  { name: "a long story in a test", path: "functions/src/long.test.ts", text: longFunction },
  {
    name: "'process.env' in text",
    path: "functions/src/words.ts",
    text: 'export const words = "process.env"; // process.env\n',
  },
];

describe("the lint rules", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-lint-"));
    await cp(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  });
  after(() => rm(folder, { recursive: true }));

  async function lint(path: string, text: string): Promise<string> {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    const { output } = await run(tool("oxlint"), ["-c", join(folder, ".oxlintrc.json"), "-f", "unix", file]);
    return output;
  }

  for (const { name, path, text, rule } of refused) {
    it(`refuse ${name}`, async () => {
      const said = await lint(path, text);
      assert.ok(said.includes(rule), said);
      assert.match(said, /1 problem\b/);
    });
  }

  for (const { name, path, text } of allowed) {
    it(`allow ${name}`, async () => {
      assert.doesNotMatch(await lint(path, text), /problem/);
    });
  }
});
