/** A typed `fetch` of one installation of Vigil, with one credential. */
import createFetchClient, { type ClientOptions, type Client as FetchClient } from "openapi-fetch";
import type { components, paths } from "./api.gen.d.ts";

export type Schemas = components["schemas"];
export type Client = FetchClient<paths>;

export type Settings = Omit<ClientOptions, "baseUrl" | "headers"> & {
  /** Where the API is: `https://vigil.example.com`. */
  url: string;
  /** In which texts are wanted, as in Accept-Language; left out: English. */
  language?: string;
} & Credential;

/**
 * A device's key (`vgl_dev_…`) or a member's token (`vgl_mem_…`); or, in a page of the same origin in which somebody is signed
 * in, the account of theirs that is meant.
 */
export type Credential = { token: string } | { account: string | undefined };

export function createClient({ url, language, ...settings }: Settings): Client {
  const { token: _token, account: _account, ...options } = { token: "", account: "", ...settings };
  return createFetchClient<paths>({
    ...options,
    baseUrl: url.replace(/\/+$/, ""),
    headers: { ...headersOf(settings), ...(language === undefined ? {} : { "Accept-Language": language }) },
  });
}

export function headersOf(credential: Credential): Record<string, string> {
  if ("token" in credential) return { Authorization: `Bearer ${credential.token}` };
  return credential.account === undefined ? {} : { "Vigil-Account": credential.account };
}
