/** For tests and benchmarks: valid jobs over objects of an evidence host. */
import { createHash } from "node:crypto";
import { nothingAllowed } from "@vigil/core/consent/wire";
import * as Id from "@vigil/core/id";
import type { Job, JobMoment } from "@vigil/core/review/wire";

export function makeMoment(
  object: { url: string; expiresAt: string; bytes: Uint8Array },
  overrides: Partial<JobMoment> = {},
): JobMoment {
  return {
    id: Id.create("moment"),
    url: object.url,
    expiresAt: object.expiresAt,
    sha256: createHash("sha256").update(object.bytes).digest("hex"),
    bytes: object.bytes.byteLength,
    contentType: "image/jpeg",
    capturedAt: new Date().toISOString(),
    deviceId: Id.create("device"),
    zone: "driveway",
    ...overrides,
  };
}

export function makeJob(moments: JobMoment[], overrides: Partial<Job> = {}): Job {
  const now = Date.now();
  return {
    v: 1,
    reviewId: Id.create("review"),
    part: 0,
    accountId: Id.create("account"),
    sessionId: Id.create("session"),
    tier: "pro",
    priority: 2,
    level: "elevated",
    requestedAt: new Date(now).toISOString(),
    deadlineAt: new Date(now + 60_000).toISOString(),
    policy: { k: 40, earlyExitConfidence: 0.2, secondStage: false, inspect: nothingAllowed },
    model: null,
    moments,
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ...overrides,
  };
}
