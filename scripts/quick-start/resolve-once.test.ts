import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { root } from "../commands.ts";
import { quickStart } from "./index.ts";

/** Prints each file that is loaded, and as what. */
const program = `
  import { registerHooks } from "node:module";
  const loaded = [];
  registerHooks({
    load(url, context, nextLoad) {
      const answer = nextLoad(url, context);
      if (url.startsWith("file:")) loaded.push(url + " " + answer.format);
      return answer;
    },
  });
  await import(process.argv[1]);
  console.log(JSON.stringify(loaded.toSorted()));
`;

async function loadedBy(environment: Record<string, string>): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", program, `${root}/packages/core/src/flow/index.ts`],
    { cwd: root, env: { ...process.env, NODE_OPTIONS: "", ...environment }, maxBuffer: 16 * 2 ** 20 },
  );
  return JSON.parse(stdout) as string[];
}

test("what is resolved once is what Node resolves", async () => {
  const [plain, once] = await Promise.all([loadedBy({}), loadedBy(quickStart(""))]);

  assert.ok(plain.length > 300, `${plain.length} modules`);
  const [before, after] = [new Set(plain), new Set(once)];
  assert.deepEqual([...after.symmetricDifference(before)], []);
});
