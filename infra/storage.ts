/**
 * Evidence: one private bucket. S3 and not R2, because the functions' own roles then sign the URLs and no storage
 * key exists at all; R2 saves the egress to the worker and stays possible (docs/deploy.md, "Evidence on R2").
 */
import { evidence } from "../packages/core/src/limits.ts";
import { config } from "./config.ts";

const production = $app.stage === "production";

export const bucket = new sst.aws.Bucket("Evidence", {
  // Devices are not browsers, and the console shows evidence in <img>, which needs no CORS.
  cors: false,
  lifecycle: [{ id: "expire-evidence", expiresIn: `${config.EVIDENCE_DAYS} days` }],
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

/** Where workers fetch evidence; the origin of every presigned URL. */
export const evidenceOrigin = $interpolate`https://${bucket.nodes.bucket.bucketRegionalDomainName}`;

/**
 * Signing the URLs that workers and subscribers read evidence by. `ListBucket` lists what an account has when it is exported
 * or erased; everywhere else it lists nothing: without it S3 answers 403 instead of 404 for a missing object, and evidence
 * that is gone, or an upload that never came, could not be told from a broken policy.
 */
export const readGrants = [
  { actions: ["s3:GetObject"], resources: [$interpolate`${bucket.arn}/*`] },
  { actions: ["s3:ListBucket"], resources: [bucket.arn] },
];

/** Taking evidence in: storing and signing uploads, checking them, throwing out what is no image. */
export const writeGrants = [
  { actions: ["s3:PutObject", "s3:DeleteObject"], resources: [$interpolate`${bucket.arn}/*`] },
];
