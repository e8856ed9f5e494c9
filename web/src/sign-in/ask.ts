/** What the console asks of sign-in: codes, passkeys, and the end of it. Cookies carry the rest. */
import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { bounded, inLanguage } from "../api/asking.ts";
import { refusalOf, Unreachable } from "../api/failure.ts";

const at = "/sign-in/v1";

async function ask(method: "GET" | "POST", path: string, body?: unknown): Promise<unknown> {
  const init =
    method === "GET"
      ? { headers: inLanguage() }
      : {
          body: JSON.stringify(body ?? {}),
          headers: { "content-type": "application/json", ...inLanguage() },
        };
  const answer = await fetch(at + path, { method, signal: bounded(), ...init }).catch((cause: unknown) => {
    throw new Unreachable("sign-in does not answer", { cause });
  });
  const said: unknown = answer.status === 204 ? undefined : await answer.json().catch(() => undefined);
  if (answer.ok) return said;
  throw refusalOf(answer.status, said);
}

export async function sendCode(email: string): Promise<void> {
  await ask("POST", "/code", { email });
}

export async function enterCode(code: string): Promise<void> {
  await ask("POST", "/code/enter", { code });
}

export async function signOut(): Promise<void> {
  await ask("POST", "/sign-out");
}

/** Keeps the sign-in from ending while it is used. */
export async function stay(): Promise<void> {
  await ask("GET", "/get-session");
}

export function hasPasskeys(): boolean {
  return "PublicKeyCredential" in window;
}

/** The browser asks the person. @throws DOMException when they do not want to */
export async function signInWithPasskey(): Promise<void> {
  const optionsJSON = await ask("GET", "/passkey/generate-authenticate-options");
  const response = await startAuthentication({
    optionsJSON: optionsJSON as PublicKeyCredentialRequestOptionsJSON,
  });
  await ask("POST", "/passkey/verify-authentication", { response });
}

export async function addPasskey(name: string): Promise<void> {
  const optionsJSON = await ask("GET", "/passkey/generate-register-options");
  const response = await startRegistration({
    optionsJSON: optionsJSON as PublicKeyCredentialCreationOptionsJSON,
  });
  await ask("POST", "/passkey/verify-registration", { response, name });
}

export type Passkey = { id: string; name: string | null; createdAt: string };

export async function listPasskeys(): Promise<Passkey[]> {
  return ((await ask("GET", "/passkey/list-user-passkeys")) as { items: Passkey[] }).items;
}

export async function removePasskey(id: string): Promise<void> {
  await ask("POST", "/passkey/delete-passkey", { id });
}
