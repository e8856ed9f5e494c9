/** The environment of the scripts: what they hand on to the processes that they start. */
import * as z from "zod";

/** A child's environment: this one's, with `changes` on top. */
export function environmentWith(changes: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(inherited), ...changes };
}

const Store = z
  .object({
    EVIDENCE_BUCKET: z.string().min(1),
    EVIDENCE_ENDPOINT: z.url().optional(),
    EVIDENCE_REGION: z.string().default("auto"),
    EVIDENCE_ACCESS_KEY_ID: z.string().optional(),
    EVIDENCE_SECRET_ACCESS_KEY: z.string().optional(),
    AWS_REGION: z.string().optional(),
  })
  .refine((env) => env.EVIDENCE_ENDPOINT !== undefined || env.AWS_REGION !== undefined, {
    message: "expected EVIDENCE_ENDPOINT, or AWS_REGION for a bucket on AWS",
  });

export type StoreSettings = {
  bucket: string;
  region: string;
  endpoint?: string | undefined;
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
};

/** The evidence store of the functions. @throws Error that lists every fault */
export function storeFromEnvironment(env: Record<string, string | undefined> = process.env): StoreSettings {
  const parsed = Store.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      ({ path, message }) => `${path.join(".") || "environment"}: ${message}`,
    );
    throw new Error(faults.join("; "));
  }
  const {
    EVIDENCE_ACCESS_KEY_ID: accessKeyId,
    EVIDENCE_SECRET_ACCESS_KEY: secretAccessKey,
    EVIDENCE_ENDPOINT: endpoint,
    ...rest
  } = parsed.data;
  return {
    bucket: rest.EVIDENCE_BUCKET,
    region: endpoint === undefined ? (rest.AWS_REGION ?? rest.EVIDENCE_REGION) : rest.EVIDENCE_REGION,
    endpoint,
    credentials:
      accessKeyId !== undefined && secretAccessKey !== undefined
        ? { accessKeyId, secretAccessKey }
        : undefined,
  };
}
