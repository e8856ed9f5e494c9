/**
 * What a browser sees of Vigil is one origin: the console's files, and behind the same name the API and sign-in. No shared
 * cache ever keeps an answer of theirs (`cdn.ts`). The API answers its own address as well, for devices and workers.
 */
import {
  acceptPath,
  apiPaths,
  authenticityPath,
  recordingsPath,
  signInPath,
  streamPath,
} from "../functions/src/one-origin.ts";
import { acceptUrl, apiUrl, authenticityUrl, streamUrl } from "./api.ts";
import { cdn } from "./cdn.ts";
import { signIn } from "./sign-in.ts";

for (const path of apiPaths) {
  cdn.route(path, path === signInPath ? signIn.url : apiUrl, { readTimeout: "60 seconds" });
}
// The longer path wins.
cdn.route(acceptPath, acceptUrl, { readTimeout: "60 seconds" });
cdn.route(authenticityPath, authenticityUrl, { readTimeout: "60 seconds" });
cdn.route(recordingsPath, apiUrl, { readTimeout: "60 seconds" });
// A silence of this long ends an answer; the stream's heartbeats come four times as often.
cdn.route(streamPath, streamUrl, { readTimeout: "60 seconds" });
