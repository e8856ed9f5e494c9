/** Whether a session's digest is there, will come, or will not, and why: what somebody who polls wants to know. */
import * as z from "zod";
import * as Id from "./id.ts";
import * as Level from "./level.ts";

export const DigestOutlook = z
  .object({
    state: z
      .enum(["here", "coming", "possible", "none"])
      .describe(
        "`possible`: as things stand none will come, but the session or its pictures are still to end",
      ),
    reason: z.enum([
      "stored",
      "under-review",
      "session-open",
      "pictures-outstanding",
      "no-picture",
      "level",
      "source",
      "tier",
      "allowance",
      "review-failed",
    ]),
    text: z.string(),
    digestId: Id.of("digest").optional(),
  })
  .meta({ id: "DigestOutlook", description: "Whether a digest is there, will come, or will not, and why." });
export type DigestOutlook = z.infer<typeof DigestOutlook>;

export type Prospects = {
  open: boolean;
  level: Level.Level;
  lifeSafety: boolean;
  /** All of its devices cry wolf, and nobody looks at it unless asked to. */
  isHeldBack: boolean;
  /** Of its latest review; null where none was asked for. */
  reviewState: "queued" | "running" | "completed" | "failed" | "cancelled" | null;
  digestId: string | null;
  /** Pictures that may be looked at, and those that were announced and have not been sealed. */
  pictures: { ready: number; announced: number };
  /** Why a review would be refused if it were asked for now; null: it would not. */
  refusal: { code: "tier-excludes" | "quota-exceeded"; detail: string } | null;
};

export function foresee(prospects: Prospects): DigestOutlook {
  const { open, digestId, reviewState, refusal, pictures } = prospects;
  if (digestId !== null) {
    return { state: "here", reason: "stored", text: "The digest is there.", digestId: digestId };
  }
  if (reviewState === "failed") {
    const text = "The review failed; it does not count against the allowance, and you may ask again.";
    return { state: "none", reason: "review-failed", text };
  }
  if (reviewState !== null && reviewState !== "cancelled") {
    return { state: "coming", reason: "under-review", text: "The pictures are being looked at." };
  }
  if (refusal?.code === "tier-excludes") return { state: "none", reason: "tier", text: refusal.detail };
  return obstacle(prospects) ?? whenClosed(open, pictures.ready);
}

/** Pictures, level and allowance all stand: what is missing is that the session closes. */
function whenClosed(open: boolean, ready: number): DigestOutlook {
  if (open) {
    const what = ready === 1 ? "The picture is" : "The pictures are";
    return { state: "coming", reason: "session-open", text: `${what} looked at when the session closes.` };
  }
  const text = "The allowance was used up when the session closed; you may ask for a review now.";
  return { state: "none", reason: "allowance", text };
}

function obstacle({
  open,
  level,
  lifeSafety,
  isHeldBack,
  pictures,
  refusal,
}: Prospects): DigestOutlook | undefined {
  const { ready, announced } = pictures;
  const state = open ? "possible" : "none";
  if (ready + announced === 0) {
    const text = open ? "No picture has come with it so far." : "No picture came with it to look at.";
    return { state, reason: "no-picture", text };
  }
  if (!lifeSafety && !Level.atLeast(level, "standard")) {
    const text = `The session is assessed as ${level}: from standard on pictures are looked at without being asked for.`;
    return { state, reason: "level", text };
  }
  if (isHeldBack) {
    const text = "Its camera reported too much that was nothing, so that nobody looks unless you ask.";
    return { state, reason: "source", text };
  }
  if (ready === 0) {
    const text =
      announced === 1
        ? "The announced picture has not been uploaded and sealed yet."
        : `The ${announced} announced pictures have not been uploaded and sealed yet.`;
    return { state: "possible", reason: "pictures-outstanding", text };
  }
  if (refusal && !lifeSafety) return { state, reason: "allowance", text: refusal.detail };
  return undefined;
}
