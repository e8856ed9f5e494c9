/** `vigil-gateway enrol`: shows a code and a picture of it, waits for an owner, and keeps the key. */
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { renderUnicodeCompact } from "uqr";
import { askKey, NotEnrolled } from "./ask-key.ts";
import { keepKey, readKey } from "./keep-key.ts";

export type EnrolOptions = {
  apiUrl: string;
  /** Of `gateway.yaml`, which is made where there is none. */
  path: string;
  /** What it calls itself; its host's name where nothing is given. */
  name: string | undefined;
  /** Whether a key that stands in the file may be replaced. */
  again: boolean;
  say: (line: string) => void;
};

/** @throws `NotEnrolled`; `BadConfig` when the file is no YAML */
export async function enrol({ apiUrl, path, name = hostname(), again, say }: EnrolOptions): Promise<void> {
  if (readKey(path) !== undefined && !again) {
    throw new NotEnrolled(`${path} has a key already; --again puts a new one in its place`);
  }
  const { key, ...device } = await askKey({
    apiUrl,
    name: name.slice(0, 100),
    onCodes({ userCode, verificationUri, verificationUriComplete, expiresIn }) {
      say(renderUnicodeCompact(verificationUriComplete));
      say(`Scan this, or open ${verificationUri} and type  ${userCode}`);
      say(`An owner of the account has ${Math.round(expiresIn / 60)} minutes to let this gateway in.`);
    },
    pause,
  });
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  await keepKey(path, { apiUrl, key, site: siteNameOf(device.name), timeZone });
  say(`It is let in as “${device.name}”. Its key stands in ${path}; next: vigil-gateway doctor`);
}

/** What a site may be called: letters, digits and dashes. */
function siteNameOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .replaceAll(/^-+/g, "")
    .slice(0, 24)
    .replaceAll(/-+$/g, "");
  return plain === "" ? "gateway" : plain.toLowerCase();
}
