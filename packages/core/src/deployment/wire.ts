/** Deployments: a new version of the API takes a share of the requests until it is judged, as operators read it. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { deployment as limits } from "../limits.ts";
import { text } from "../text.ts";

const count = z.int().min(0).max(1_000_000_000);
const Version = text().min(1).max(100);

export const DeploymentState = z.enum(["running", "promoted", "rolled-back", "stopped"]).meta({
  id: "DeploymentState",
  description:
    "`running`: it has its share; `promoted`: it has all; `rolled-back`: it has none, because it breaks promises more often; `stopped`: by an operator, and it has none.",
});
export type DeploymentState = z.infer<typeof DeploymentState>;

export const DeploymentInput = z
  .strictObject({
    version: Version.describe("The new one"),
    stable: Version.describe("The one that it is to take the place of"),
    share: z
      .number()
      .min(limits.shareMin)
      .max(limits.shareMax)
      .default(limits.shareDefault)
      .describe("Of requests, each by chance: what is judged rests on it"),
  })
  .meta({ id: "DeploymentInput", examples: [{ version: "v2", stable: "v1", share: 0.1 }] });
export type DeploymentInput = z.infer<typeof DeploymentInput>;

/** Of one version. */
export const Traffic = z
  .strictObject({
    requests: count,
    failed: count.describe("Answered with 5xx, or not at all"),
    slow: count.describe("Answered later than promised"),
  })
  .refine(({ requests, failed, slow }) => failed <= requests && slow <= requests, {
    message: "expected no more of them than requests",
  })
  .meta({ id: "Traffic" });
export type Traffic = z.infer<typeof Traffic>;

export const ObservationInput = z
  .strictObject({
    no: z.int().min(1).describe("The next after the last that was taken: the same again changes nothing"),
    canary: Traffic.describe("Since the observation before"),
    stable: Traffic,
  })
  .meta({
    id: "DeploymentObservationInput",
    examples: [
      {
        no: 1,
        canary: { requests: 12, failed: 0, slow: 0 },
        stable: { requests: 110, failed: 0, slow: 1 },
      },
    ],
  });
export type ObservationInput = z.infer<typeof ObservationInput>;

export const DeploymentView = z
  .object({
    id: Id.of("deployment"),
    state: DeploymentState,
    version: z.string(),
    stable: z.string(),
    share: z.number().describe("That the new version is to have now"),
    observations: z.int().describe("The number of the last that was taken"),
    traffic: z
      .object({ canary: Traffic, stable: Traffic })
      .describe("All of it until now, or until it was decided"),
    reasons: z.array(z.string()).describe("Why it goes on, or how it ended"),
    actor: z.string(),
    openedAt: Instant,
    endedAt: Instant.nullable(),
  })
  .meta({ id: "Deployment", description: "A new version of the API, beside the one before." });
export type DeploymentView = z.infer<typeof DeploymentView>;
