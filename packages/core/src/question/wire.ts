/** Rules of a run, and what people are asked where items are near to their boundary. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { question as limits, review } from "../limits.ts";
import { text } from "../text.ts";

const count = z.int().min(0);
const unit = z.number().min(0).max(1);
const Label = text().min(1).max(64).describe("What a detector names, such as `person`");
const confidenceMin = z
  .number()
  .min(review.detectionConfidence)
  .max(1)
  .describe("The boundary: seen with this confidence at least, it is there");

export const Declared = text().min(1).max(limits.declaredCharsMax).meta({
  id: "Declared",
  description: "What whoever gives an item says that it shows, in a word of their own.",
});

const Requires = z.strictObject({ kind: z.literal("requires"), label: Label, confidenceMin });
const Excludes = z.strictObject({
  kind: z.literal("excludes"),
  label: Label,
  declared: Declared.describe("Of items that were declared as this"),
  confidenceMin,
});
const Contradicts = z.strictObject({
  kind: z.literal("contradicts"),
  label: Label,
  other: Label,
  overlapMin: unit.default(0.5).describe("From this overlap (intersection over union) on it is one thing"),
  confidenceMin,
});

export const RunRule = z.discriminatedUnion("kind", [Requires, Excludes, Contradicts]).meta({
  id: "RunRule",
  description:
    "`requires`: evidence that must be there; `excludes`: what must not be seen in items that were declared as something; `contradicts`: two things that one and the same cannot be.",
});
export type RunRule = z.infer<typeof RunRule>;

export const RunRules = z
  .strictObject({
    rules: z.array(RunRule).min(1).max(limits.rulesMax),
    borderline: z
      .number()
      .min(0)
      .max(limits.borderlineMax)
      .default(limits.borderlineDefault)
      .describe("How near to a boundary an item must be for people to be asked, in confidence"),
    askedShareMax: z
      .number()
      .min(0)
      .max(limits.askedShareMax)
      .default(limits.askedShareMax)
      .describe("Which share of the run's items become questions at most: those nearest to the boundary"),
  })
  .meta({
    id: "RunRules",
    description: "What must be there in each item of a run, and what contradicts.",
    examples: [{ rules: [{ kind: "requires", label: "person", confidenceMin: 0.5 }] }],
  });
export type RunRules = z.infer<typeof RunRules>;

export const Verdict = z.enum(["yes", "no", "cannot-tell"]).meta({
  id: "AnswerVerdict",
  description: "What a person says: what the question asks for is there, is not there, or cannot be told.",
});
export type Verdict = z.infer<typeof Verdict>;

export const QuestionView = z
  .object({
    id: Id.of("question"),
    run: Id.of("run"),
    name: z.string().describe("Of the item"),
    asks: RunRule.describe(
      "Whether `label` is there; of `contradicts`, whether it is `label` and `other` both",
    ),
    answer: Verdict.nullable().describe("Null: open"),
    answeredAt: Instant.nullable(),
    picture: z.object({ url: z.url(), expiresAt: Instant }).describe("The picture itself, for at most 60 s"),
  })
  .meta({ id: "Question" });
export type QuestionView = z.infer<typeof QuestionView>;

export const QuestionPage = z
  .object({
    items: z.array(QuestionView).describe("The next for whoever asks, in their order"),
    open: count.describe("Of all that match, for anybody"),
    answered: count,
  })
  .meta({ id: "QuestionPage" });
export type QuestionPage = z.infer<typeof QuestionPage>;

export const AnswerInput = z
  .strictObject({ answer: Verdict })
  .meta({ id: "AnswerInput", examples: [{ answer: "yes" }] });
export type AnswerInput = z.infer<typeof AnswerInput>;

export const RunQuestions = z
  .object({
    near: count.describe("Items that are near to a boundary"),
    asked: count.describe("Those of them that became questions"),
    overflow: count.describe("Those that did not, because more than the budget are near: rules alone decide"),
    open: count,
    answered: count,
    twice: z
      .object({
        asked: count.describe("Questions that are asked once more, of another person where there is one"),
        answered: count.describe("Those that were answered both times"),
        agreed: count,
        low: unit.describe("The share that agrees is at least this, as far as they tell (95 %)"),
        high: unit,
      })
      .describe("Whether people agree"),
  })
  .meta({ id: "RunQuestions" });
export type RunQuestions = z.infer<typeof RunQuestions>;
