/** One GET of a device on the site, with its password where it asks for one. */
import { randomBytes } from "node:crypto";
import { authorise } from "./digest-access.ts";
import type { Address } from "./read-address.ts";

/**
 * An answer is never followed to somewhere else: it would make the gateway ask whom the device likes.
 * @throws when it cannot be reached, or answers anything but 2xx with a body
 */
export async function ask({ url, credentials }: Address, signal: AbortSignal): Promise<Response> {
  const first = await fetch(url, { signal, redirect: "error" });
  const challenge = first.headers.get("www-authenticate");
  if (first.status !== 401 || challenge === null || !credentials) return checked(first);
  await first.body?.cancel();
  const { pathname, search } = new URL(url);
  const asked = {
    method: "GET",
    path: `${pathname}${search}`,
    count: 1,
    nonce: randomBytes(8).toString("hex"),
  };
  const headers = { authorization: authorise(challenge, credentials, asked) };
  return checked(await fetch(url, { signal, redirect: "error", headers }));
}

async function checked(response: Response): Promise<Response> {
  if (response.ok && response.body) return response;
  await response.body?.cancel();
  const hint = response.status === 401 ? ": the name or the password in its address is wrong" : "";
  throw new Error(`it answered ${response.status}${hint}`);
}
