/**
 * Signs an upload's URL anew so that the signature covers the content's own hash, as `x-amz-content-sha256`, in place of
 * `UNSIGNED-PAYLOAD`. The AWS SDK's presigner signs the latter always.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";

type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

/** The constructor of a hash, keyed or not, as the signer wants it. */
class Sha256 {
  readonly #hash;
  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as Uint8Array);
  }
  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    throw new Error("a hash is used once");
  }
}

export type Unbound = {
  /** As the SDK's presigner made it. */
  url: string;
  /** To be signed, and sent. */
  headers: Record<string, string>;
  /** Hex. */
  sha256: string;
  seconds: number;
};

/** @returns the URL, and the headers that must be sent with it */
export async function bindPayload(
  { url, headers, sha256, seconds }: Unbound,
  scope: { region: string; credentials: Credentials },
): Promise<{ url: string; headers: Record<string, string> }> {
  const target = new URL(url);
  const query = [...target.searchParams].filter(([name]) => !/^X-Amz-/i.test(name));
  const bound = { ...headers, "x-amz-content-sha256": sha256 };
  const signer = new SignatureV4({ ...scope, service: "s3", sha256: Sha256, uriEscapePath: false });
  const signed = await signer.presign(
    {
      method: "PUT",
      protocol: target.protocol,
      hostname: target.hostname,
      ...(target.port === "" ? {} : { port: Number(target.port) }),
      path: target.pathname,
      query: Object.fromEntries(query),
      headers: { ...bound, host: target.host },
    },
    {
      expiresIn: seconds,
      signableHeaders: new Set(["host", ...Object.keys(bound)]),
      unhoistableHeaders: new Set(Object.keys(bound)),
    },
  );
  target.search = new URLSearchParams(signed.query as Record<string, string>).toString();
  return { url: target.href, headers: bound };
}
