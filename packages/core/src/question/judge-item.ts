/** How far an item is from the boundary of each rule. Pure. */
import type { Detection } from "../digest/wire.ts";
import type { RunRule, RunRules, Verdict } from "./wire.ts";

type Seen = Pick<Detection, "label" | "confidence" | "box">;
export type JudgedItem = { detections: readonly Seen[]; declared: string | null };

/**
 * Its distance to the boundary, in confidence: at 0 and above the rule holds. Undefined: the rule says nothing of it. What was not
 * seen has a confidence of 0.
 */
function marginOf(rule: RunRule, { detections, declared }: JudgedItem): number | undefined {
  const best = (label: string) =>
    Math.max(0, ...detections.filter((one) => one.label === label).map(({ confidence }) => confidence));
  if (rule.kind === "requires") return rounded(best(rule.label) - rule.confidenceMin);
  if (rule.kind === "excludes") {
    return declared === rule.declared ? rounded(rule.confidenceMin - best(rule.label)) : undefined;
  }
  const of = (label: string) => detections.filter((one) => one.label === label);
  const both = of(rule.label).flatMap((one) =>
    of(rule.other)
      .filter((other) => overlap(one.box, other.box) >= rule.overlapMin)
      .map((other) => Math.min(one.confidence, other.confidence)),
  );
  return rounded(rule.confidenceMin - Math.max(0, ...both));
}

export type Judged = { margin: number; ruleNo: number };

/**
 * An item holds where all rules hold, so that the rule with the least margin decides, and that margin is as far as confidences
 * would have to change for the item to be judged otherwise. Of equal ones the first. Undefined: no rule says anything of it.
 */
export function judgeItem({ rules }: Pick<RunRules, "rules">, item: JudgedItem): Judged | undefined {
  return least(rules.map((rule) => marginOf(rule, item)));
}

/**
 * What became of it: people's word on the one rule that they were asked of comes before what the model saw. `unclear` where they
 * cannot tell, do not agree, or have not said, and no other rule is broken.
 * @param said of the rule `ruleNo`; null: nobody has said
 */
export function settleItem(
  { rules }: Pick<RunRules, "rules">,
  item: JudgedItem,
  asked: { ruleNo: number; said: Verdict | null } | undefined,
): "holds" | "broken" | "unclear" {
  const margins = rules.map((rule, no) => (no === asked?.ruleNo ? undefined : marginOf(rule, item)));
  const rest = least(margins);
  if (rest && rest.margin < 0) return "broken";
  const rule = asked && rules[asked.ruleNo];
  if (!rule) return "holds";
  if (asked.said === null || asked.said === "cannot-tell") return "unclear";
  return (asked.said === "yes") === (rule.kind === "requires") ? "holds" : "broken";
}

/** Whether the model saw what the rule's question asks for. */
export function isSeen(rule: RunRule, margin: number): boolean {
  return rule.kind === "requires" ? margin >= 0 : margin <= 0;
}

function least(margins: readonly (number | undefined)[]): Judged | undefined {
  let found: Judged | undefined;
  for (const [ruleNo, margin] of margins.entries()) {
    if (margin !== undefined && (found === undefined || margin < found.margin)) found = { margin, ruleNo };
  }
  return found;
}

function overlap([ax, ay, aw, ah]: Seen["box"], [bx, by, bw, bh]: Seen["box"]): number {
  const width = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const height = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (aw * ah + bw * bh - shared);
}

/** Confidences are kept with three decimals: what follows does not depend on the last bit of a difference. */
function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
