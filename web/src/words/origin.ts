/** What is known of where pictures come from, and since when they are as they are, in words. Nothing here calls one true. */

import type { Authenticity, Custody, Moment, Provenance } from "../api/contract.ts";
import { everywhere } from "./say.ts";
import { say } from "./say-origin.ts";

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
      ? say.allUnbroken(all.length)
      : say.someUnbroken(unbroken.length, all.length);
  if (changed.length === 0) return [kept];
  return [kept, say.changed(changed.map(({ number }) => number))];
}

/** Since when that is so, as the log and an authority say; undefined while nothing is signed. @param when an instant in words */
export function signed(log: Custody | undefined, when: (instant: string) => string): string | undefined {
  if (!log?.checkpoint) return undefined;
  const { signedAt, timeStamp } = log.checkpoint;
  if (timeStamp === null) return say.signedAt(when(signedAt));
  return say.timeStamped(when(signedAt), when(timeStamp.at), timeStamp.authority);
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
      earlier === undefined ? undefined : say.cameBefore[replay.status](when(earlier.capturedAt)),
      provenance === null ? undefined : statement(provenance),
      asTaken(capture),
      capture.signature?.status === "holds" ? say.signedByGateway(when(capture.signature.at)) : undefined,
      synthetic.status === "declared" ? say.generated(synthetic.reasons.join("; ")) : undefined,
    ].filter((line) => line !== undefined);
    return lines.length === 0 ? [] : { number, line: lines.join(" ") };
  });
}

/** How a file is beside those of its camera; undefined where nothing is odd. */
function asTaken({ status, reasons }: Authenticity["capture"]): string | undefined {
  const details = reasons.map(({ detail }) => everywhere.reported(detail)).join("; ");
  if (status === "contradicts") return say.contradicts(details);
  if (status !== "novel") return undefined;
  return say.novel(details);
}

const statements: Readonly<
  Record<Provenance["status"], ((signer: string | undefined) => string) | undefined>
> = {
  absent: undefined,
  unreadable: () => say.unreadable,
  "remote-only": () => say.remoteOnly,
  trusted: say.trusted,
  "valid-untrusted": say.untrusted,
  "legacy-or-expired": say.legacy,
  "manifest-altered": () => say.manifestAltered,
  "content-changed": say.contentChanged,
};

/** What a statement of origin amounts to; undefined where there is none. */
export function statement({ status, signer }: Provenance): string | undefined {
  return statements[status]?.(signer);
}
