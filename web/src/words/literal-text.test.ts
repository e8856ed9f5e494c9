import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import { parseSync, Visitor } from "oxc-parser";

const sources = path.join(import.meta.dirname, "..");

/** What is the same in every language: names, and what a program types. */
const names = new Set(["Vigil", "npx vigil import ./pictures --source NAME"]);
const shown = new Set(["aria-label", "title", "placeholder", "label", "alt", "all", "detail", "action"]);
/** Shapes of codes and tokens. */
const shapes = new Set(["XXXX-XXXX", "vgl_mem_…", "vgl_opr_…"]);

/** Texts that stand in a page itself instead of in a `say.ts`, where they have no other language. */
function literalsIn(file: string, text: string): string[] {
  const { program } = parseSync(file, text);
  const found: string[] = [];
  new Visitor({
    JSXText({ value }) {
      const words = value.trim();
      if (/\p{L}{2}/u.test(words) && !names.has(words)) found.push(words);
    },
    JSXAttribute({ name, value }) {
      if (name.type !== "JSXIdentifier" || !shown.has(name.name) || value?.type !== "Literal") return;
      if (typeof value.value === "string" && !shapes.has(value.value)) found.push(value.value);
    },
  }).visit(program);
  return found;
}

describe("the pages of the console", () => {
  it("have no text of their own", async () => {
    const files = (await readdir(sources, { recursive: true })).filter((file) => file.endsWith(".tsx"));
    const all = await Promise.all(
      files.map(async (file) => {
        const found = literalsIn(file, await readFile(path.join(sources, file), "utf8"));
        return found.map((words) => `${file}: ${words}`);
      }),
    );
    assert.ok(files.length > 50);
    assert.deepEqual(all.flat(), []);
  });

  it("are caught where they do", () => {
    const page = `export const A = () => <p title="A title">Some words <b>{1}</b></p>;`;
    assert.deepEqual(literalsIn("a.tsx", page), ["A title", "Some words"]);
  });
});
