/** The member token: where it comes from, and where it is kept while the tab is open. */

import { say } from "./say.ts";

const storageKey = "vigil.memberToken";
const memberToken = /^vgl_mem_[A-Za-z0-9_-]{8,200}$/;

/** What is wrong with what was pasted, or undefined when it can be a member token. */
export function faultIn(text: string): string | undefined {
  if (text === "") return say.pasteFirst;
  if (memberToken.test(text)) return undefined;
  if (text.startsWith("vgl_dev_")) {
    return say.isDeviceKey;
  }
  if (/^vgl_(?:wrk|opr)_/.test(text)) {
    return say.isOtherKey;
  }
  return say.noToken;
}

/** Takes the token out of a fragment such as `#token=vgl_mem_…`. */
export function fromFragment(fragment: string): string | undefined {
  return new URLSearchParams(fragment.replace(/^#/, "")).get("token")?.trim() || undefined;
}

export function load(storage: Storage): string | undefined {
  return storage.getItem(storageKey) ?? undefined;
}

export function keep(storage: Storage, token: string): void {
  storage.setItem(storageKey, token);
}

export function forget(storage: Storage): void {
  storage.removeItem(storageKey);
}
