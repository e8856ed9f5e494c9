/** The evidence store: the right bucket, with rights to write and read, open to nobody, and with a clock that agrees. */
import { createHash, randomUUID } from "node:crypto";
import { s3Blobs } from "@vigil/core/platform/aws";
import type { Config } from "../../functions/src/config.ts";
import type { Fault } from "./fault.ts";

const skewMsMax = 60_000;
const askMsMax = 15_000;
const body = Buffer.from("Vigil's doctor was here.\n");

function fault(what: string, next: string): Fault {
  return { area: "evidence", what, next };
}

/** Leaves nothing behind. @throws what the store said when it takes or gives nothing */
export async function examineEvidence(config: Config, now: () => Date): Promise<Fault[]> {
  const blobs = s3Blobs({
    bucket: config.EVIDENCE_BUCKET,
    region: config.EVIDENCE_ENDPOINT ? config.EVIDENCE_REGION : config.AWS_REGION,
    endpoint: config.EVIDENCE_ENDPOINT,
    credentials:
      config.EVIDENCE_ACCESS_KEY_ID !== undefined && config.EVIDENCE_SECRET_ACCESS_KEY !== undefined
        ? { accessKeyId: config.EVIDENCE_ACCESS_KEY_ID, secretAccessKey: config.EVIDENCE_SECRET_ACCESS_KEY }
        : undefined,
  });
  const key = `uploads/doctor-${randomUUID()}`;
  const sha256 = createHash("sha256").update(body).digest("hex");
  const faults: Fault[] = [];
  await blobs.put({ key, body, contentType: "text/plain", sha256 });
  try {
    const read = await blobs.read(key, body.length);
    if (!read || !Buffer.from(read).equals(body)) {
      faults.push(
        fault("does not give back what it took", "run npm run check:store: is this a store like S3?"),
      );
    }
    const { url } = await blobs.presignGet({ key, seconds: 60 });
    const anybody = await fetch(url.split("?")[0] ?? url, { signal: AbortSignal.timeout(askMsMax) });
    await anybody.body?.cancel();
    if (anybody.ok) {
      faults.push(
        fault(
          "anybody can read the bucket: every picture is public to whoever knows its address",
          "block public access for the whole bucket, and take away policies and ACLs that allow it",
        ),
      );
    }
    const at = Date.parse(anybody.headers.get("date") ?? "");
    const skewMs = at - now().getTime();
    if (Math.abs(skewMs) > skewMsMax) {
      faults.push(
        fault(
          `the store's clock is ${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? "ahead of" : "behind"} this machine's: signed URLs of 60 s are dead when they are made`,
          "set this machine's clock by NTP",
        ),
      );
    }
  } finally {
    await blobs.delete(key);
  }
  return faults;
}
