/** For tests: the cameras of a site that has none. */
import type { WebOptions } from "../src/web/index.ts";

export const noCameras: WebOptions["cameras"] = {
  list: () => [],
  picture: () => undefined,
  draw: async () => {},
  preview: () => Promise.reject(new Error("nobody is to be looked through")),
  add: async () => {},
  verdict: () => undefined,
};
