/** The private bucket of evidence on S3, and how long it keeps what. */
import { evidence } from "../packages/core/src/limits.ts";
import { config } from "./config.ts";

const production = $app.stage === "production";

export function createBucket() {
  return new sst.aws.Bucket("Evidence", {
    // For the console's uploads of large recordings alone: it shows evidence in <img>, which needs no CORS, and devices are no
    // browsers. Whoever has a presigned URL may use it from any page; without one, no page may do anything.
    cors: {
      allowMethods: ["PUT"],
      allowOrigins: ["*"],
      allowHeaders: ["content-type", "x-amz-checksum-sha256"],
      maxAge: "10 minutes",
    },
    // The sweep erases each account's pictures when their time is over; this is for what it was kept from.
    lifecycle: [{ id: "expire-evidence", expiresIn: `${config.EVIDENCE_DAYS + 1} days` }],
    policy: [
      {
        // A presigned URL that outlives its minute is refused by the bucket itself, whoever signed it for however long.
        effect: "deny",
        principals: "*",
        actions: ["s3:*"],
        paths: ["*"],
        conditions: [
          {
            test: "NumericGreaterThan",
            variable: "s3:signatureAge",
            values: [String(evidence.urlSecondsMax * 1000)],
          },
        ],
      },
      {
        effect: "deny",
        principals: "*",
        actions: ["s3:*"],
        conditions: [{ test: "NumericLessThan", variable: "s3:TlsVersion", values: ["1.2"] }],
      },
    ],
    transform: {
      bucket: (args) => {
        args.forceDestroy = !production;
      },
      lifecycle: (args) => {
        const everything = { prefix: "" };
        args.rules = $util.output(args.rules ?? []).apply((rules) => [
          // What was sealed into manifests stays: they prove what was seen long after the pictures are gone.
          ...rules.map((rule) => ({ ...rule, filter: { prefix: "evidence/" } })),
          {
            // Pictures of runs. A worker finds out that one is gone, and the next run that names it uploads it again.
            id: "expire-content",
            status: "Enabled",
            filter: { prefix: "content/" },
            expiration: { days: config.EVIDENCE_DAYS },
          },
          {
            // What was uploaded and never sealed; what was sealed lies elsewhere.
            id: "expire-uploads",
            status: "Enabled",
            filter: { prefix: "uploads/" },
            expiration: { days: 1 },
          },
          {
            // Bundles of digests and exports of accounts: each is fetched within a minute, and made again.
            id: "expire-exports",
            status: "Enabled",
            filter: { prefix: "exports/" },
            expiration: { days: 1 },
          },
          {
            id: "abort-uploads",
            status: "Enabled",
            filter: everything,
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ]);
      },
    },
  });
}
