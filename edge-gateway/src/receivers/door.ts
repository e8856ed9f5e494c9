/** Who may bring pictures: cameras of the machine's own networks that know their password. The same for every protocol. */
import { createHash, timingSafeEqual } from "node:crypto";
import { networkInterfaces } from "node:os";
import { createAllowList, plainAddress } from "../sensors/listen.ts";

export type Credentials = { camera: string; user: string; password: string };

export type Door = {
  mayConnect(address: string | undefined): boolean;
  /** @returns the camera's name; undefined when the password is wrong, or was too often */
  enter(address: string | undefined, user: string, password: string): string | undefined;
};

/** Wrong passwords from one address within the window, after which it is not listened to for the rest of it. */
const wrongMax = 10;
const wrongWindowMs = 60_000;
const addressesMax = 1_000;

const digestOf = (text: string) => createHash("sha256").update(text).digest();

/** In CIDR notation, of every interface that is up now. */
export function ownNetworks(): string[] {
  return Object.values(networkInterfaces()).flatMap((of = []) =>
    of.flatMap(({ cidr }) => (cidr === null ? [] : [cidr])),
  );
}

/** @param allow empty: the networks that this machine is in */
export function createDoor(
  { allow, credentials }: { allow: readonly string[]; credentials: readonly Credentials[] },
  monotonicMs: () => number,
): Door {
  const known = credentials.map(({ camera, user, password }) => ({
    camera,
    secret: digestOf(JSON.stringify([user, password])),
  }));
  const wrong = new Map<string, { count: number; sinceMs: number }>();

  function isBarred(address: string): boolean {
    const found = wrong.get(address);
    if (found && monotonicMs() - found.sinceMs > wrongWindowMs) wrong.delete(address);
    return (wrong.get(address)?.count ?? 0) >= wrongMax;
  }

  function note(address: string): void {
    const found = wrong.get(address) ?? { count: 0, sinceMs: monotonicMs() };
    found.count++;
    wrong.set(address, found);
    const [oldest] = wrong.keys();
    if (wrong.size > addressesMax && oldest !== undefined) wrong.delete(oldest);
  }

  return {
    mayConnect: (address) => createAllowList(allow.length > 0 ? allow : ownNetworks())(plainAddress(address)),
    enter(from, user, password) {
      const address = plainAddress(from);
      if (isBarred(address)) return undefined;
      const given = digestOf(JSON.stringify([user, password]));
      // Each is compared, so that the time says nothing of which.
      const [found] = known.filter(({ secret }) => timingSafeEqual(secret, given));
      if (!found) note(address);
      return found?.camera;
    },
  };
}
