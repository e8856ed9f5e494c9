/** Experiments: a model that may take another's place, compared with it on the same items, as operators read it. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { experiment as limits, shadow } from "../limits.ts";
import { ModelName } from "../review/wire.ts";
import { text } from "../text.ts";

const count = z.int().min(0);
const SliceName = text().min(1).max(60);

export const ExperimentState = z.enum(["running", "promoted", "blocked", "inconclusive", "stopped"]).meta({
  id: "ExperimentState",
  description:
    "`running`: pairs are taken; `promoted`: the challenger took the champion's place; `blocked`: worse, in all or in a slice; `inconclusive`: as many pairs as there may be told nothing; `stopped`: by an operator, or by a change of the model in use.",
});
export type ExperimentState = z.infer<typeof ExperimentState>;

export type ExperimentVerdict = "go-on" | "promote" | "blocked" | "inconclusive";

export const PairOutcome = z.enum(["win", "loss", "tie"]).meta({
  id: "PairOutcome",
  description:
    "`win`: the challenger was right where the champion was wrong; `loss`: the other way round; `tie`: they agreed, which needs nobody's answer.",
});
export type PairOutcome = z.infer<typeof PairOutcome>;

export const ExperimentInput = z
  .strictObject({
    challenger: ModelName,
    marginPoints: z
      .number()
      .min(0)
      .max(50)
      .default(0)
      .describe("By how many points of all items it must be right more often; 0: more often at all"),
    slices: z
      .array(SliceName)
      .max(limits.slicesMax)
      .default([])
      .describe("In none of which it may be worse, such as `night` or `camera:harbour`"),
    shadowShare: z
      .number()
      .min(0)
      .max(shadow.shareMax)
      .default(0)
      .describe(
        "Of live reviews, in which workers look at one picture with the challenger as well: of accounts that take part, and where no digest waits for it",
      ),
  })
  .meta({
    id: "ExperimentInput",
    examples: [
      {
        challenger: { name: "efficientdet-lite2", sha256: "1".repeat(64) },
        marginPoints: 3,
        slices: ["night", "person"],
      },
    ],
  });
export type ExperimentInput = z.infer<typeof ExperimentInput>;

export const PairInput = z
  .strictObject({
    key: text().min(1).max(100).describe("What names the item: the same key again changes nothing"),
    outcome: PairOutcome,
    slices: z.array(SliceName).max(limits.slicesMax).default([]),
  })
  .meta({ id: "ExperimentPairInput" });
export type PairInput = z.infer<typeof PairInput>;

export const PairsInput = z
  .strictObject({ pairs: z.array(PairInput).min(1).max(limits.pairsAtOnceMax) })
  .meta({
    id: "ExperimentPairsInput",
    description:
      "Items in an order that has nothing to do with their outcomes; one of each session, because frames that follow each other depend on each other.",
    examples: [{ pairs: [{ key: "session-1", outcome: "win", slices: ["night"] }] }],
  });
export type PairsInput = z.infer<typeof PairsInput>;

export const SliceView = z
  .object({
    name: z.string(),
    wins: count,
    losses: count,
    ties: count,
    state: z
      .enum(["clear", "unseen", "leans-worse", "worse"])
      .describe(
        "`unseen`: too few pairs yet; `leans-worse`: more speaks for worse than against it, and it waits; `worse`: shown, and it is blocked",
      ),
  })
  .meta({ id: "ExperimentSlice" });
export type SliceView = z.infer<typeof SliceView>;

export const Standing = z.object({
  wins: count,
  losses: count,
  ties: count,
  slices: z.array(SliceView),
  evidence: z.number().describe("Natural logarithm: 0 says nothing"),
  curve: z
    .array(z.object({ labels: count, evidence: z.number() }))
    .describe("The evidence as labels came: at most 200 points, the last of them now"),
  reasons: z.array(z.string()).describe("Why it goes on, or ended"),
});
export type Standing = z.infer<typeof Standing>;

export const ExperimentView = Standing.extend({
  id: Id.of("experiment"),
  state: ExperimentState,
  champion: ModelName,
  challenger: ModelName,
  marginPoints: z.number(),
  shadowShare: z.number(),
  evidenceWanted: z.number().describe("From this evidence on it is promoted"),
  openedAt: Instant,
  endedAt: Instant.nullable(),
}).meta({ id: "Experiment", description: "A model compared with the one in use, on the same items." });
export type ExperimentView = z.infer<typeof ExperimentView>;
