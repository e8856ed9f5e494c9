/**
 * For tests: a worker process that kills itself (SIGKILL) when its first job reaches a given boundary between stages.
 * Takes one argument: `{ "addresses": TestAddresses, "boundary": Boundary }` as JSON.
 */
import type { Queue } from "@vigil/core/platform/queue";
import type { PipeParts } from "../src/pipe/pipe.ts";
import { startTestPipe, type TestAddresses } from "./test-pipe.ts";

export const boundaries = [
  "received",
  "fetched",
  "decoded",
  "detecting",
  "detected",
  "reporting",
  "reported",
  "deleted",
] as const;
export type Boundary = (typeof boundaries)[number];

/** Short, so that a test need not wait long for the message of a dead worker. */
export const doomedVisibilitySeconds = 3;

function dieNow(): void {
  process.kill(process.pid, "SIGKILL");
}

/** Wraps an asynchronous function: dies before or after its first call. */
function dying<A extends unknown[], R>(
  when: "before" | "after",
  work: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  return async (...args) => {
    if (when === "before") dieNow();
    const result = await work(...args);
    dieNow();
    return result;
  };
}

function dyingQueue(queue: Queue, boundary: Boundary): Queue {
  return {
    ...queue,
    async receive(options) {
      const messages = await queue.receive(options);
      if (boundary === "received" && messages.length > 0) dieNow();
      return messages;
    },
    async delete(message) {
      await queue.delete(message);
      if (boundary === "deleted") dieNow();
    },
  };
}

function doomed(parts: PipeParts, boundary: Boundary): Partial<PipeParts> {
  const { preloader, decoder, detector, api } = parts;
  const queues = {
    priority: dyingQueue(parts.queues.priority, boundary),
    standard: dyingQueue(parts.queues.standard, boundary),
    bulk: parts.queues.bulk,
  };
  const changes: Record<Boundary, () => Partial<PipeParts>> = {
    received: () => ({ queues }),
    fetched: () => ({ preloader: { ...preloader, get: dying("after", (wanted) => preloader.get(wanted)) } }),
    decoded: () => ({ decoder: { ...decoder, decode: dying("after", (...it) => decoder.decode(...it)) } }),
    detecting: () => ({
      detector: { ...detector, detect: dying("before", (them) => detector.detect(them)) },
    }),
    detected: () => ({ detector: { ...detector, detect: dying("after", (them) => detector.detect(them)) } }),
    reporting: () => ({ api: { ...api, reportDigest: dying("before", (...it) => api.reportDigest(...it)) } }),
    reported: () => ({ api: { ...api, reportDigest: dying("after", (...it) => api.reportDigest(...it)) } }),
    deleted: () => ({ queues }),
  };
  return changes[boundary]();
}

if (import.meta.main) {
  const { addresses, boundary } = JSON.parse(process.argv[2] ?? "") as {
    addresses: TestAddresses;
    boundary: Boundary;
  };
  const { running } = startTestPipe(addresses, {
    settings: {
      queues: { pollSeconds: 1, visibilitySeconds: doomedVisibilitySeconds, heartbeatSeconds: 1 },
    },
    change: (parts) => doomed(parts, boundary),
  });
  await running;
}
