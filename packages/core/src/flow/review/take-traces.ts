/** What a worker tells of a picture only to compare it with others: it is taken out of the report before that is kept. */
import type { Sketch } from "../../authenticity/index.ts";
import type { Traits } from "../../authenticity/wire.ts";
import type { DigestReport } from "../../digest/wire.ts";

/** By moment. */
export type Traces = { sketches: ReadonlyMap<string, Sketch>; traits: ReadonlyMap<string, Traits> };

/** A report without what shows its pictures or tells of their cameras, as it is kept, and that. */
export function takeTraces(sent: DigestReport): Traces & { report: DigestReport } {
  const sketches = new Map<string, Sketch>();
  const traits = new Map<string, Traits>();
  const moments = sent.moments.map(({ sketch, traits: told, ...finding }) => {
    if (sketch !== undefined) sketches.set(finding.id, Buffer.from(sketch, "base64"));
    if (told !== undefined) traits.set(finding.id, told);
    return finding;
  });
  return { report: { ...sent, moments }, sketches, traits };
}
