/** Writes the address of the API and the gateway's key into `gateway.yaml`: whatever else stands in it stays as it is. */
import { existsSync, readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { BadConfig } from "../config.ts";
import { replaceFile } from "../store/replace-file.ts";

/** The key that stands there, if one does. @throws `BadConfig` when the file is no YAML */
export function readKey(path: string): string | undefined {
  const key = existsSync(path) ? open(path).getIn(["api", "key"]) : undefined;
  return typeof key === "string" ? key : undefined;
}

/** @param kept.site names the gateway where the file has no name for it yet */
export async function keepKey(
  path: string,
  { apiUrl, key, site, timeZone }: { apiUrl: string; key: string; site: string; timeZone: string },
): Promise<void> {
  const document = existsSync(path) ? open(path) : parseDocument("{}\n");
  if (document.get("site") === undefined) document.set("site", site);
  if (document.get("timeZone") === undefined) document.set("timeZone", timeZone);
  document.setIn(["api", "url"], apiUrl);
  document.setIn(["api", "key"], key);
  const { contents } = document;
  // A file that begins here is to be read by people.
  if (contents && "flow" in contents && !existsSync(path)) contents.flow = false;
  await replaceFile(path, document.toString());
}

function open(path: string) {
  const document = parseDocument(readFileSync(path, "utf8"));
  const [broken] = document.errors;
  if (broken) throw new BadConfig(`${path} is not YAML: ${broken.message}`);
  return document;
}
