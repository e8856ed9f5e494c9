/** What findings depend on beside bytes and model: another policy never reuses what was seen under this one. */
import { createHash } from "node:crypto";
import { review, run } from "../limits.ts";

export const policyHash = createHash("sha256")
  .update(
    JSON.stringify({
      detectionConfidence: review.detectionConfidence,
      nmsIou: review.nmsIou,
      decimals: run.decimals,
    }),
  )
  .digest("hex");
