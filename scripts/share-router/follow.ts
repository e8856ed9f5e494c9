/** Opens a deployment, says how requests end every so often, and gives the new version the share that the answer has. */
import { setTimeout as pass } from "node:timers/promises";
import { DeploymentView, type ObservationInput } from "@vigil/core/deployment/wire";
import type { Counts } from "./route.ts";

export type FollowOptions = {
  /** Of the version before: it is asked, whatever becomes of the new one. */
  api: string;
  operatorKey: string;
  version: string;
  stable: string;
  share: number;
  everyMs: number;
  take: () => Counts;
  onState: (deployment: DeploymentView) => void;
  signal?: AbortSignal;
};

const answerMsMax = 10_000;

/** Resolves with what came of it. What could not be said is said with what comes next. */
export async function followDeployment(options: FollowOptions): Promise<DeploymentView> {
  const { version, stable, share, signal, onState } = options;
  let deployment = await ask(options, "", { version, stable, share });
  let owed: Omit<ObservationInput, "no"> | undefined;
  onState(deployment);
  while (deployment.state === "running") {
    await pass(options.everyMs, undefined, signal ? { signal } : {});
    const taken = options.take();
    owed = owed ? { canary: add(owed.canary, taken.canary), stable: add(owed.stable, taken.stable) } : taken;
    const observation = { no: deployment.observations + 1, ...owed };
    const answer = await ask(options, `/${deployment.id}/observations`, observation).catch(() => undefined);
    if (!answer) continue;
    owed = undefined;
    deployment = answer;
    onState(deployment);
  }
  return deployment;
}

function add(a: Counts["canary"], b: Counts["canary"]): Counts["canary"] {
  return { requests: a.requests + b.requests, failed: a.failed + b.failed, slow: a.slow + b.slow };
}

async function ask(
  { api, operatorKey }: FollowOptions,
  path: string,
  body: unknown,
): Promise<DeploymentView> {
  const answer = await fetch(`${api}/operator/v1/deployments${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${operatorKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(answerMsMax),
  });
  if (!answer.ok) {
    throw new Error(`expected the API to take it, got ${answer.status}: ${await answer.text()}`);
  }
  return DeploymentView.parse(await answer.json());
}
