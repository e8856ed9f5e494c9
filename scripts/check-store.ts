/** `npm run check:store`: what the evidence store enforces, and what to set for it. */
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Binding, s3Blobs } from "@vigil/core/platform/aws";
import { type StoreSettings, storeFromEnvironment } from "./config.ts";
import { probeStore } from "./store-check/probe.ts";
import { paint, terminal } from "./terminal.ts";

const help = `npm run check:store

Uploads some 60 bytes a dozen times to the evidence store, as devices do, reads them, and tells what the store enforces.
Run it once for each store that evidence is to be kept in, before the first event. It deletes what it wrote.

Environment, as the functions have it:
  EVIDENCE_BUCKET             the bucket
  EVIDENCE_ENDPOINT           where the store is not AWS S3: its address
  EVIDENCE_REGION             its region (auto)
  EVIDENCE_ACCESS_KEY_ID      with EVIDENCE_SECRET_ACCESS_KEY; else the SDK's usual credentials
  AWS_REGION                  the bucket's region on AWS

Ends with 0 when the store is fit for Vigil, with 1 when it is not, with 2 when it could not be asked.`;

function blobsOf({ bucket, region, endpoint, credentials }: StoreSettings, binding: Binding) {
  return s3Blobs({ bucket, region, endpoint, credentials, binding });
}

async function check(): Promise<void> {
  const settings = storeFromEnvironment();
  const { binding, isFit } = await probeStore({
    blobs: { checksum: blobsOf(settings, "checksum"), payload: blobsOf(settings, "payload") },
    wait: async (ms) => wait(ms),
    onFinding: ({ question, answer, isRight, weight }) => {
      const mark = isRight ? paint("green", "yes") : paint(weight === "must" ? "red" : "yellow", "no ");
      terminal.line(`  ${mark}  ${question} (${answer})`);
    },
  });
  terminal.line();
  if (binding === undefined) {
    terminal.line("The store takes other bytes than were announced: sealing finds them, and refuses them.");
  } else {
    terminal.line(
      `Set EVIDENCE_BINDING=${binding}: the store itself then refuses other bytes than were announced.`,
    );
  }
  terminal.line(
    isFit ? "The store is fit for Vigil." : "The store is NOT fit for Vigil: see what it does not do.",
  );
  if (!isFit) process.exitCode = 1;
}

const { values } = parseArgs({ options: { help: { type: "boolean", short: "h", default: false } } });
if (values.help) terminal.line(help);
else {
  try {
    await check();
  } catch (error) {
    terminal.line(`The store could not be asked: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  }
}
