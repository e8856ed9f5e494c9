/**
 * The browser, unpacked where every process that asks for it finds it whole.
 *
 * The package unpacks into the folder for temporary files and takes whatever lies there for unpacked, even while another
 * process still writes it: a browser started from half of its file crashes.
 */
import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const root = path.resolve(import.meta.dirname, "../..");
const unpack = path.join(import.meta.dirname, "unpack-browser.ts");

/** The path of the browser's executable. The first process to come unpacks it; processes that come at once do so side by side. */
export async function unpackedBrowser(cache = path.join(root, "node_modules/.cache")): Promise<string> {
  const { devDependencies } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  const unpacked = path.join(cache, `chromium-${devDependencies["@sparticuz/chromium"]}`);
  const executable = path.join(unpacked, "chromium");
  if (await isThere(executable)) return executable;
  await mkdir(cache, { recursive: true });
  const part = await mkdtemp(`${unpacked}.part-`);
  try {
    await promisify(execFile)(process.execPath, [unpack], {
      env: { ...process.env, TMPDIR: part },
    });
    await rename(part, unpacked);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    // Another process was the first.
    if (!(await isThere(executable))) throw error;
  }
  return executable;
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
