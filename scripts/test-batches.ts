/**
 * To load what a test file imports takes more processor time than the tests of most files do. Files that only call what they
 * import share a process, which loads it once.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const filesMax = 6;
/** Whole walks, and programs that are started, keep a processor busy by themselves. */
const shareable = /^(?:packages\/(?!core\/src\/flow\/)|functions\/|web\/|test\/fuzz\.test\.ts$)/;
/** They take half a minute by themselves: others would be ended for their time. */
const long = new Set([
  "functions/src/api/allowance.test.ts",
  "functions/src/api/authorisation.test.ts",
  "functions/src/api/routes/whole-account.test.ts",
]);
/** What changes the process that it runs in, starts another, or hooks into every test of its process. */
const needsItsOwn =
  /node:(?:child_process|cluster|v8|vm|worker_threads)|\bmock\b|globalThis|process\.(?:chdir|env|exit|exitCode|kill|on|once|umask)\b|^(?:after|afterEach|before|beforeEach)\(/m;

/**
 * The paths to run, each in a process of its own: the files that need one, and programs, written into `folder`, that
 * import the others.
 *
 * @param files paths of test files, relative to `root`
 */
export async function batchTests(files: readonly string[], root: string, folder: string): Promise<string[]> {
  const shared: string[] = [];
  const alone: string[] = [];
  for (const file of files) {
    const shares =
      shareable.test(file) && !long.has(file) && !needsItsOwn.test(await readFile(join(root, file), "utf8"));
    (shares ? shared : alone).push(file);
  }
  const batches: string[] = [];
  for (let from = 0; from < shared.length; from += filesMax) {
    batches.push(await writeBatch(shared.slice(from, from + filesMax), root, folder));
  }
  const first = alone.findIndex((file) => !file.startsWith("test/"));
  return first < 0 ? [...alone, ...batches] : alone.toSpliced(first, 0, ...batches);
}

/** A program of these files, or the file itself when it is the only one. */
async function writeBatch(files: readonly string[], root: string, folder: string): Promise<string> {
  const [first = "", ...others] = files;
  if (others.length === 0) return first;
  const program = join(folder, nameOf(first, others.length));
  const imports = files.map((file) => `import ${JSON.stringify(pathToFileURL(join(root, file)).href)};\n`);
  await writeFile(program, imports.join(""));
  return program;
}

/** The first of them and how many more, so that whoever is told of a batch that hangs finds it. */
function nameOf(first: string, others: number): string {
  return `${first.replaceAll("/", "-").replace(/\.test\.tsx?$/, "")}-and-${others}-more.test.mjs`;
}
