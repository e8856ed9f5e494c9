/** What is signed: requests to the local store, and jobs. */
import { createPrivateKey } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { createSigningKey, publicKeyOf, readPublicKey, sign } from "@vigil/core/review/job-signature";
import { Job } from "@vigil/core/review/wire";
import { createLog } from "../../../gpu-worker/src/observe/log.ts";
import { createReadJob } from "../../../gpu-worker/src/pipe/consume/read-job.ts";
import { Refusal } from "../../../scripts/local/refusal.ts";
import { parseTarget, type Scope, verify } from "../../../scripts/local/sigv4.ts";
import { ending, jsonOf, type Target, texts } from "../target.ts";
import { golden } from "./api.ts";

const scope: Scope = {
  service: "s3",
  region: "auto",
  credentials: { accessKeyId: "key", secretAccessKey: "secret" },
  presignedPayloads: true,
};
const now = new Date("2026-01-02T03:04:05Z");
const query =
  "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=key%2F20260102%2Fauto%2Fs3%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=00";

/** A request line, then headers, a line each. */
export const signedRequests: Target = {
  bytesMax: 8_192,
  tokens: [
    "X-Amz-",
    "SignedHeaders=",
    "host;",
    "x-amz-date",
    "aws4_request",
    "%2F",
    "&",
    "UNSIGNED-PAYLOAD",
    "authorization: AWS4-HMAC-SHA256 ",
  ],
  seeds: () =>
    texts(
      `GET /bucket/a.jpg?${query}\nhost: localhost:9000`,
      `PUT /bucket/a%20b?${query}&x-id=PutObject\nhost: localhost:9000\nx-amz-content-sha256: ${"0".repeat(64)}`,
      `GET /bucket?list-type=2\nhost: localhost\nx-amz-date: 20260102T030405Z\nx-amz-content-sha256: UNSIGNED-PAYLOAD\nauthorization: AWS4-HMAC-SHA256 Credential=key/20260102/auto/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=00`,
    ),
  open: () => ({
    take: (input) =>
      ending(
        async () => {
          const [line = "", ...lines] = input.toString("latin1").split("\n");
          const [method = "", target = ""] = line.split(" ");
          const headers: IncomingHttpHeaders = Object.fromEntries(
            lines.map((one) => [
              one.split(":", 1)[0]?.toLowerCase() ?? "",
              one.slice(one.indexOf(":") + 1).trim(),
            ]),
          );
          await verify({ method, ...parseTarget(target), headers }, scope, now);
          throw new TypeError("a request that nobody signed was let in");
        },
        (error) => error instanceof Refusal,
      ),
  }),
};

/** What the API might sign, were it to err, and what it never signed. */
export const jobs: Target = {
  bytesMax: 32_768,
  tokens: ['"moments":[', '"url":"', '"v":2', '"signature":"', '"expiresAt":', "https://"],
  seeds: () => [golden("job.v1.json"), golden("signed-job.v1.txt")],
  open() {
    const key = createSigningKey();
    const privateKey = createPrivateKey({ key: Buffer.from(key, "base64"), type: "pkcs8", format: "der" });
    const log = createLog({ level: "error", workerId: "fuzz", write: () => {} });
    const readJob = createReadJob(Job, [readPublicKey(publicKeyOf(key))], log);
    let count = 0;
    const read = (body: string) =>
      readJob({ id: String(count++), body, receiptHandle: "", receiveCount: 1, sentAt: now });
    return {
      take(input) {
        if (read(input.toString())) throw new Error("a job that nobody signed was taken");
        const value = jsonOf(input);
        if (typeof value !== "object" || value === null || Array.isArray(value)) return "refused";
        return read(sign(value as Record<string, unknown>, privateKey)) ? "taken" : "refused";
      },
    };
  },
};
