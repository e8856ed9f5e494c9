/** What is said of models and experiments. */
import { counted } from "../words/counted.ts";
import { spoken } from "../words/spoken.ts";

export const say = spoken("models", {
  title: "Models",
  startedWith: "what each worker was started with",
  inUse: "In use",
  workersRun: "Workers run",
  noWorkers: "No worker has been heard of lately.",
  workers: (model: string, count: number) => `${model}: ${counted(count, "worker", "workers")}`,
  rollBack: "Roll back",
  rollBackTo: (model: string) => `Back to ${model}`,
  rolledBackHere: "rolled back in the console",
  decisions: "Decisions",
  noDecisions: "None yet.",
  promoted: (model: string) => `${model} promoted`,
  decided: (when: string, reason: string) => `${when} UTC · ${reason}`,
  registered: "Registered",
  promote: "Promote",
  promoteOne: (model: string) => `Promote ${model}`,
  promotedHere: "promoted in the console",
  experiments: "Experiments",
  noExperiments: "None yet: a registered model can be compared with the one in use.",
  compared: (challenger: string, champion: string, points: number) =>
    `${challenger} against ${champion}${points === 0 ? "" : `, better by ${points} points`}`,
  curve: (evidence: string, wanted: string) => `Evidence ${evidence} of ${wanted}`,
  slice: "Slice",
  slicesOf: (model: string) => `Slices of ${model}`,
  wins: "Wins",
  losses: "Losses",
  ties: "Agree",
  all: "All",
  how: "How it looks",
  states: {
    running: "running",
    promoted: "promoted",
    blocked: "blocked",
    inconclusive: "no answer",
    stopped: "stopped",
  },
  disagreements: "Where the two disagree",
  waiting: (open: number, most: number) =>
    `${counted(open, "picture waits", "pictures wait")} for somebody to say which model is right; with ${most}, no more are looked for.`,
  sees: (name: string, things: string | undefined) => `${name} sees ${things ?? "nothing"}`,
  rightIs: { a: "A is right", b: "B is right", neither: "Neither, or both" },
  sliceStates: { clear: "clear", unseen: "too few yet", "leans-worse": "may be worse", worse: "worse" },
});
