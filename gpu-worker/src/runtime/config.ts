/**
 * Switches ONNX Runtime's telemetry off for this process, before its library is loaded.
 *
 * The library reports to its maker unless this variable stands in the environment of the process at the moment when
 * it is loaded: it looks up `mobile.events.data.microsoft.com`, and keeps a database of events below the home folder
 * and logs in the temporary one. A thread has a copy of the environment and cannot change the process's own, so the
 * main thread sets it, and a thread that finds it unset refuses to go on.
 */
import { isMainThread } from "node:worker_threads";

const off = "1";

if (isMainThread) process.env.ORT_DISABLE_TELEMETRY = off;
else if (process.env.ORT_DISABLE_TELEMETRY !== off) {
  throw new Error(
    `expected ORT_DISABLE_TELEMETRY=${off} in a thread that loads ONNX Runtime; whoever starts it imports runtime/config.ts`,
  );
}
