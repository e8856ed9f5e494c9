/** Evidence: the bytes that an event brings, and what they really are. */
export { inspect, sha256 } from "./inspect.ts";
export { evidenceKey } from "./key.ts";
export { type HeadFault, type PictureHead, readHead, sniff } from "./read-head.ts";
