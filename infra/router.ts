/**
 * What a browser sees of Vigil is one origin: the console's files, and behind the same name the API. No shared cache ever
 * keeps an answer of the API (`cdn.ts`), and the function answers its own address as well, for devices and workers.
 */
import { apiPaths } from "../functions/src/one-origin.ts";
import { apiUrl } from "./api.ts";
import { cdn } from "./cdn.ts";

for (const path of apiPaths) cdn.route(path, apiUrl, { readTimeout: "60 seconds" });
