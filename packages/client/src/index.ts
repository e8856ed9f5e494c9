/**
 * The typed client of the API, for Node 22 and newer and for browsers: what the OpenAPI document says, and the three things
 * that take more than one request: sending an event with its pictures, following what happens, and paging through a list.
 *
 * @example
 *   const vigil = createClient({ url: "https://vigil.example.com", token: "vgl_mem_…" });
 *   const { data } = await vigil.GET("/v1/digests", { params: { query: { limit: 10 } } });
 *
 * Nothing but the given address is contacted, and nothing is retried behind the caller's back but in the helpers.
 */

export type { components, paths } from "./api.gen.d.ts";
export { ApiError, settled } from "./api-error.ts";
export { type Client, type Credential, createClient, type Schemas, type Settings } from "./create-client.ts";
export { followStream, type StreamEvent } from "./follow-stream.ts";
export { listAll } from "./list-all.ts";
export { type Picture, type Sending, sendEvent } from "./send-event.ts";
