/**
 * `npm run bench -- verify [--leaves 1000000]`: a manifest of a run's size is written, verified, and searched for a byte
 * that was flipped, each beside SHA-256 of the same bytes in the same run.
 */
import "../../../scripts/help.ts";
import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import { makeSigner, type StoredSegment, sealManifest, writePublicKey, writeSegments } from "../src/seal.ts";
import { toHex, verifyManifest } from "../src/verify.ts";

const { values } = parseArgs({ options: { leaves: { type: "string", default: "1000000" } } });
const count = Number(values.leaves);

function* leaves() {
  for (let no = 0; no < count; no += 1) {
    const sha256 = createHash("sha256").update(String(no)).digest("hex");
    yield { no, sha256, end: no % 7 === 0 ? "look-alike" : "inspected", source: "bench", people: no % 3 };
  }
}

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const from = performance.now();
  const result = await work();
  process.stdout.write(
    `${what.padEnd(44)} ${((performance.now() - from) / 1000).toFixed(2).padStart(7)} s\n`,
  );
  return result;
}

const signer = await makeSigner("bench");
const key = await writePublicKey(signer);

const segments = await timed(`write ${count} leaves`, () => Array.fromAsync(writeSegments(leaves())));
const manifest = await timed("sign", () =>
  sealManifest({ origin: "bench", version: 1, parent: undefined, segments }, signer),
);
await timed("baseline: SHA-256 of the same bytes", async () =>
  segments.map(({ bytes }) => createHash("sha256").update(bytes).digest()),
);
const files = new Map(segments.map((segment) => [segment.name, segment.bytes]));
const whole = await timed("verify", () => verifyManifest(manifest, [key], async (name) => files.get(name)));
if (whole.faults.length > 0) throw new Error(`a sound manifest has faults: ${JSON.stringify(whole.faults)}`);

const damaged = segments[Math.floor(segments.length / 3)] as StoredSegment;
const flipped = damaged.bytes.slice();
flipped[1000] = (flipped[1000] ?? 0) ^ 1;
files.set(damaged.name, flipped);
const { faults } = await timed("verify, and find a flipped byte", () =>
  verifyManifest(manifest, [key], async (name) => files.get(name)),
);
process.stdout.write(
  `root ${toHex(whole.checkpoint?.root ?? new Uint8Array())}\nfound ${JSON.stringify(faults)}\n`,
);
if (faults.length !== 1) process.exitCode = 1;
