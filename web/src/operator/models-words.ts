/** What the models' panel says. */
import type { Experiment, Models } from "../api/contract.ts";

type Decision = Models["decisions"][number];
type Slice = Experiment["slices"][number];

export const modelsWords = {
  title: "Models",
  startedWith: "what each worker was started with",
  inUse: "In use",
  workersRun: "Workers run",
  noWorkers: "No worker has been heard of lately.",
  rollBack: "Roll back",
  rollBackTo: (name: string | undefined) => `Back to ${name ?? modelsWords.startedWith}`,
  rolledBackHere: "rolled back in the console",
  decisions: "Decisions",
  noDecisions: "None yet.",
  registered: "Registered",
  promote: "Promote",
  promotedHere: "promoted in the console",
  experiments: "Experiments",
  noExperiments: "None yet: a registered model can be compared with the one in use.",
  compared: (challenger: string, champion: string, points: number) =>
    `${challenger} against ${champion}${points === 0 ? "" : `, better by ${points} points`}`,
  curve: (evidence: string, wanted: string) => `Evidence ${evidence} of ${wanted}`,
  slice: "Slice",
  wins: "Wins",
  losses: "Losses",
  ties: "Agree",
  all: "All",
  how: "How it looks",
  workers: (count: number) => (count === 1 ? "1 worker" : `${count} workers`),
} as const;

export const experimentState: Record<Experiment["state"], string> = {
  running: "running",
  promoted: "promoted",
  blocked: "blocked",
  inconclusive: "no answer",
  stopped: "stopped",
};

export const sliceState: Record<Slice["state"], string> = {
  clear: "clear",
  unseen: "too few yet",
  "leans-worse": "may be worse",
  worse: "worse",
};

export function decided({ kind, model }: Decision): string {
  const name = model?.name ?? modelsWords.startedWith;
  return kind === "promote" ? `${name} promoted` : `Back to ${name}`;
}
