/** A new version of the API has a share of the requests: whoever routes them says how they ended, and is told what share it has. */
import type { Queryable } from "../../db/index.ts";
import * as Deployment from "../../deployment/index.ts";
import type {
  DeploymentInput,
  DeploymentState,
  DeploymentView,
  ObservationInput,
} from "../../deployment/wire.ts";
import * as Id from "../../id.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";

/** The newest first. */
export async function listDeployments({ database }: Services): Promise<{ items: DeploymentView[] }> {
  return { items: (await Deployment.list(database.sql)).map(viewOf) };
}

/** One that runs already with this version is the answer. @throws `deployment-moved-on` while another runs */
export async function openDeployment(
  { database, clock }: Services,
  actor: string,
  { version, stable, share }: DeploymentInput,
): Promise<DeploymentView> {
  return Deployment.inTurn(database.sql, async (sql) => {
    const running = (await Deployment.list(sql)).find(({ state }) => state === "running");
    if (running?.version === version && running.stable === stable) return viewOf(running);
    if (running) throw problem("deployment-moved-on", `${running.version} has a share of the requests still`);
    const id = Id.create("deployment");
    await Deployment.record(sql, { id, version, stable, share, actor }, clock.now());
    return viewOf(await Deployment.get(sql, id));
  });
}

/** What was taken already, and what comes after the end, changes nothing. @throws `not-found`; `deployment-moved-on` */
export async function observeDeployment(
  { database, clock }: Services,
  id: string,
  observation: ObservationInput,
): Promise<DeploymentView> {
  return Deployment.inTurn(database.sql, async (sql) => {
    const found = await Deployment.get(sql, id);
    if (found.state !== "running") return viewOf(found);
    const observations = Deployment.next(found, observation);
    if (observations === undefined) return viewOf(found);
    const traffic = {
      canary: Deployment.add(found.traffic.canary, observation.canary),
      stable: Deployment.add(found.traffic.stable, observation.stable),
    };
    const { verdict, reasons } = Deployment.judge(traffic, found.share);
    const state = stateAfter[verdict];
    const endedAt = state === "running" ? null : clock.now();
    return changed(sql, id, { observations, traffic, reasons, state, endedAt });
  });
}

const stateAfter: Readonly<Record<Deployment.Verdict["verdict"], DeploymentState>> = {
  "go-on": "running",
  promote: "promoted",
  "roll-back": "rolled-back",
};

/** Asked once more, nothing changes. @throws `not-found` */
export async function stopDeployment({ database, clock }: Services, id: string): Promise<DeploymentView> {
  return Deployment.inTurn(database.sql, async (sql) => {
    const found = await Deployment.get(sql, id);
    if (found.state !== "running") return viewOf(found);
    const { observations, traffic } = found;
    const reasons = ["stopped by an operator"];
    return changed(sql, id, { observations, traffic, reasons, state: "stopped", endedAt: clock.now() });
  });
}

async function changed(
  sql: Queryable,
  id: string,
  to: Parameters<typeof Deployment.change>[2],
): Promise<DeploymentView> {
  await Deployment.change(sql, id, to);
  return viewOf(await Deployment.get(sql, id));
}

function viewOf({ openedAt, endedAt, share, ...rest }: Deployment.Deployment): DeploymentView {
  const shares: Record<DeploymentState, number> = {
    running: share,
    promoted: 1,
    "rolled-back": 0,
    stopped: 0,
  };
  return {
    ...rest,
    share: shares[rest.state],
    openedAt: openedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
