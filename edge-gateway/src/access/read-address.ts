/** An address as an operator writes it, with name and password in it. */
import type { Credentials } from "./digest-access.ts";

export type Address = { url: string; credentials: Credentials | undefined };

export function readAddress(text: string): Address {
  const url = new URL(text);
  const { username, password } = url;
  url.username = "";
  url.password = "";
  const credentials =
    username === "" && password === ""
      ? undefined
      : { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  return { url: url.href, credentials };
}
