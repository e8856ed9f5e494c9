/** Which camera this browser is: kept in it until somebody forgets it. Its key reports events, and reads nothing. */

const storageKey = "vigil.camera";

export type Camera = { accountId: string; deviceId: string; key: string; name: string; zone: string | null };

/** Undefined where there is none, or one of another account. */
export function loadCamera(storage: Storage, accountId: string): Camera | undefined {
  try {
    const kept = JSON.parse(storage.getItem(storageKey) ?? "null") as Camera | null;
    return kept?.accountId === accountId && typeof kept.key === "string" ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keepCamera(storage: Storage, camera: Camera): void {
  storage.setItem(storageKey, JSON.stringify(camera));
}

export function forgetCamera(storage: Storage): void {
  storage.removeItem(storageKey);
}
