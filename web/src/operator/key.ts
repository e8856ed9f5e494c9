/** The operator's key: what it looks like, and where it is kept while the tab is open. */

import { say } from "./say.ts";

const storageKey = "vigil.operatorKey";
const operatorKey = /^vgl_opr_[A-Za-z0-9_-]{8,200}$/;

/** What is wrong with what was pasted, or undefined when it can be an operator's key. */
export function faultIn(text: string): string | undefined {
  if (text === "") return say.pasteFirst;
  return operatorKey.test(text) ? undefined : say.noKey;
}

export function load(storage: Storage): string | undefined {
  return storage.getItem(storageKey) ?? undefined;
}

export function keep(storage: Storage, key: string): void {
  storage.setItem(storageKey, key);
}

export function forget(storage: Storage): void {
  storage.removeItem(storageKey);
}
