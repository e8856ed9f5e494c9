/** For tests and benchmarks: the API's side of signing jobs, with a key pair of this process. */
import type { RecordingJob } from "@vigil/core/check/wire";
import { createSigningKey, publicKeyOf, readSigningKey, sign } from "@vigil/core/review/job-signature";
import type { Job } from "@vigil/core/review/wire";
import type { ChunkJob } from "@vigil/core/run/wire";

const signingKey = createSigningKey();

export const jobPublicKey = publicKeyOf(signingKey);

/** The message that asks for this job. */
export function signJob(job: Job | ChunkJob | RecordingJob): string {
  return sign(job, readSigningKey(signingKey));
}
