/** A typed `fetch` of one installation of Vigil, with one credential. */
import createFetchClient, { type ClientOptions, type Client as FetchClient } from "openapi-fetch";
import type { components, paths } from "./api.gen.d.ts";

export type Schemas = components["schemas"];
export type Client = FetchClient<paths>;

export type Settings = Omit<ClientOptions, "baseUrl" | "headers"> & {
  /** Where the API is: `https://vigil.example.com`. */
  url: string;
  /** A device's key (`vgl_dev_…`) or a member's token (`vgl_mem_…`). */
  token: string;
};

export function createClient({ url, token, ...options }: Settings): Client {
  return createFetchClient<paths>({
    ...options,
    baseUrl: url.replace(/\/+$/, ""),
    headers: { Authorization: `Bearer ${token}` },
  });
}
