/**
 * ONNX Runtime's telemetry, and how it is switched off.
 *
 * The library reports to its maker unless `ORT_DISABLE_TELEMETRY` stands in the environment of the process at the
 * moment when it is loaded: it looks up `mobile.events.data.microsoft.com`, and keeps a database of events below the
 * home folder and logs in the temporary one.
 */
import { isMainThread } from "node:worker_threads";

const off = "1";

/**
 * Called before the library is loaded, and before a thread is started that loads it. A thread has a copy of the
 * environment and cannot change the process's own: there it throws unless the main thread has made the call.
 */
export function switchTelemetryOff(): void {
  if (isMainThread) process.env.ORT_DISABLE_TELEMETRY = off;
  else if (process.env.ORT_DISABLE_TELEMETRY !== off) {
    throw new Error(
      `expected ORT_DISABLE_TELEMETRY=${off} in a thread that loads ONNX Runtime; whoever starts it calls switchTelemetryOff()`,
    );
  }
}
