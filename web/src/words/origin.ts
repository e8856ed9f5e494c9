/** What is known of where pictures come from, and since when they are as they are, in words. Nothing here calls one true. */
import type { Authenticity, Custody, Moment, Provenance } from "../api/contract.ts";
import { enumerate } from "./thing.ts";

type Numbered = { number: number; authenticity: Authenticity };

/** Those of which something can be said, by their numbers in the digest. */
function told(moments: readonly Moment[]): Numbered[] {
  return moments.flatMap(({ authenticity }, index) =>
    authenticity === undefined ? [] : { number: index + 1, authenticity },
  );
}

/** What the evidence log says of the pictures, in one sentence or two. Empty where there are none. */
export function custody(moments: readonly Moment[]): string[] {
  const all = told(moments);
  if (all.length === 0) return [];
  const having = (status: Authenticity["custody"]["status"]) =>
    all.filter(({ authenticity }) => authenticity.custody.status === status);
  const [unbroken, changed] = [having("unbroken"), having("mismatch")];
  const kept =
    unbroken.length === all.length
      ? `${all.length === 1 ? "The picture is" : `All ${all.length} pictures are`} in the evidence log as accepted, and unchanged since.`
      : `${unbroken.length} of ${all.length} pictures are in the evidence log as accepted. What is not may be a minute too young for it, or older than it.`;
  if (changed.length === 0) return [kept];
  const which = `${changed.length === 1 ? "Picture" : "Pictures"} ${enumerate(changed.map(({ number }) => String(number)))}`;
  return [kept, `${which}: not what was accepted, as the log has it.`];
}

/** Since when that is so, as the log and an authority say; undefined while nothing is signed. @param when an instant in words */
export function signed(log: Custody | undefined, when: (instant: string) => string): string | undefined {
  if (!log?.checkpoint) return undefined;
  const { signedAt, timeStamp } = log.checkpoint;
  const since = `The log was signed ${when(signedAt)}`;
  if (timeStamp === null) return `${since}.`;
  return `${since}, and time-stamped ${when(timeStamp.at)} by “${timeStamp.authority}”.`;
}

/**
 * A line for each picture of whose origin something is known.
 * @param when an instant in words
 */
export function origins(
  moments: readonly Moment[],
  when: (instant: string) => string,
): { number: number; line: string }[] {
  return told(moments).flatMap(({ number, authenticity: { provenance, capture, replay, synthetic } }) => {
    const { earlier } = replay;
    const lines = [
      earlier === undefined
        ? undefined
        : `${cameBefore[replay.status]}, as taken ${when(earlier.capturedAt)}.`,
      provenance === null ? undefined : statement(provenance),
      asTaken(capture),
      capture.signature?.status === "holds"
        ? `Signed by its gateway when it was captured, ${when(capture.signature.at)} by the gateway's clock.`
        : undefined,
      synthetic.status === "declared" ? `Generated or composed: ${synthetic.reasons.join("; ")}.` : undefined,
    ].filter((line) => line !== undefined);
    return lines.length === 0 ? [] : { number, line: lines.join(" ") };
  });
}

const cameBefore: Readonly<Record<Authenticity["replay"]["status"], string>> = {
  exact: "The very same file came before",
  repeat: "Another file, but the same picture: the same camera sent it before",
  "none-found": "A picture came before",
  "cannot-tell": "A picture came before",
};

/** How a file is beside those of its camera; undefined where nothing is odd. */
function asTaken({ status, reasons }: Authenticity["capture"]): string | undefined {
  const details = reasons.map(({ detail }) => detail).join("; ");
  if (status === "contradicts") return `The file contradicts itself or its event: ${details}.`;
  if (status !== "novel") return undefined;
  return `Not as files of this camera were: ${details}. So are those after an update, with other settings, or of another camera.`;
}

const statements: Readonly<Record<Provenance["status"], ((by: string) => string) | undefined>> = {
  absent: undefined,
  unreadable: () => "Has a statement of origin that cannot be read.",
  "remote-only": () => "Names a statement of origin elsewhere, which is not fetched.",
  trusted: (by) => `Signed${by}, who is trusted here, and unchanged since.`,
  "valid-untrusted": (by) =>
    `Signed${by}, and unchanged since. Nobody here has said that this signer is to be trusted.`,
  "legacy-or-expired": (by) =>
    `Has a statement of origin${by} that is not valid by today's rules. There is no sign of a change.`,
  "manifest-altered": () => "Has a statement of origin that was itself changed: it says nothing any more.",
  "content-changed": (by) => `Was changed after it was signed${by}.`,
};

/** What a statement of origin amounts to; undefined where there is none. */
export function statement({ status, signer }: Provenance): string | undefined {
  return statements[status]?.(signer === undefined ? "" : ` by ${signer}`);
}
