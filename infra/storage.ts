/**
 * Where evidence is kept: a private bucket of S3, or a store elsewhere that speaks the same, such as R2. S3 unless told
 * otherwise, because the functions' own roles then sign the URLs and no storage key exists at all; R2 saves the egress to
 * the worker and costs a key to look after (docs/deploy.md, "Evidence on R2").
 */
import { createBucket } from "./bucket.ts";
import { config } from "./config.ts";

type Grant = { actions: string[]; resources: $util.Input<string>[] };

type Storage = {
  /** What the functions are told of it. */
  environment: Record<string, $util.Input<string>>;
  /** Where workers fetch evidence; the origin of every presigned URL. */
  origin: $util.Input<string>;
  /** Signing the URLs that workers and subscribers read evidence by. */
  readGrants: Grant[];
  /** Taking evidence in: storing and signing uploads, checking them, throwing out what is no image. */
  writeGrants: Grant[];
};

function onS3(): Storage {
  const bucket = createBucket();
  const objects = $interpolate`${bucket.arn}/*`;
  return {
    environment: { EVIDENCE_BUCKET: bucket.name },
    origin: $interpolate`https://${bucket.nodes.bucket.bucketRegionalDomainName}`,
    // `ListBucket` lists what an account has when it is exported or erased; everywhere else it lists nothing: without it S3
    // answers 403 instead of 404 for a missing object, and evidence that is gone, or an upload that never came, could not be
    // told from a broken policy.
    readGrants: [
      { actions: ["s3:GetObject"], resources: [objects] },
      { actions: ["s3:ListBucket"], resources: [bucket.arn] },
    ],
    writeGrants: [{ actions: ["s3:PutObject", "s3:DeleteObject"], resources: [objects] }],
  };
}

/** Its bucket and the rules by which it forgets are made by the operator; the functions have a key, and no rights on S3. */
function elsewhere(endpoint: string, bucket: string): Storage {
  const accessKeyId = new sst.Secret("EvidenceAccessKeyId");
  const secretAccessKey = new sst.Secret("EvidenceSecretAccessKey");
  return {
    environment: {
      EVIDENCE_ENDPOINT: endpoint,
      EVIDENCE_BUCKET: bucket,
      EVIDENCE_REGION: config.EVIDENCE_REGION,
      EVIDENCE_BINDING: config.EVIDENCE_BINDING,
      EVIDENCE_ACCESS_KEY_ID: accessKeyId.value,
      EVIDENCE_SECRET_ACCESS_KEY: secretAccessKey.value,
    },
    origin: new URL(endpoint).origin,
    readGrants: [],
    writeGrants: [],
  };
}

export const storage =
  config.EVIDENCE_ENDPOINT === undefined || config.EVIDENCE_BUCKET === undefined
    ? onS3()
    : elsewhere(config.EVIDENCE_ENDPOINT, config.EVIDENCE_BUCKET);
