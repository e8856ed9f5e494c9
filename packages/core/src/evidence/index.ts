/** Evidence: the bytes that an event brings, and what they really are. */
export { inspect, sha256, sniff } from "./inspect.ts";
export { evidenceKey } from "./key.ts";
