/**
 * The pictures of a bucket below a prefix, in the order of their keys. They are listed and read with the member's own
 * credentials, where the AWS SDK looks for them (environment, profile, the machine's role): Vigil never has them.
 */
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { storeAddress } from "./config.ts";
import { Unclear } from "./options.ts";
import { type Found, gather, headBytes, judge, type Listing } from "./picture.ts";

const looksAtOnce = 16;

type Place = { bucket: string; prefix: string };
type Listed = { key: string; bytes: number };

/** Undefined for what is no address of a bucket. @throws Unclear for one without a name */
export function readBucketAddress(place: string): Place | undefined {
  if (!/^s3:\/\//i.test(place)) return undefined;
  const [, bucket = "", prefix = ""] = /^s3:\/\/([^/]*)\/?(.*)$/is.exec(place) ?? [];
  if (bucket === "") throw new Unclear(`expected s3://bucket/prefix, got ${place}`);
  return { bucket, prefix };
}

/** @param onLooked told after each page of keys how many pictures were found so far */
export async function listBucket(
  { bucket, prefix }: Place,
  { onLooked, signal }: { onLooked: (pictures: number) => void; signal: AbortSignal },
): Promise<Listing> {
  const client = openStore();
  const listing: Listing = { pictures: [], skipped: [] };
  try {
    for (let after = ""; ; ) {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ...(after === "" ? {} : { StartAfter: after }),
        }),
        { abortSignal: signal },
      );
      const listed = (page.Contents ?? []).map(({ Key = "", Size = 0 }) => ({ key: Key, bytes: Size }));
      for (let first = 0; first < listed.length; first += looksAtOnce) {
        const some = listed.slice(first, first + looksAtOnce).filter(({ key }) => !key.endsWith("/"));
        const found = await Promise.all(some.map((one) => look(client, bucket, one, signal)));
        gather(
          found.map((one, index) => [some[index]?.key ?? "", one]),
          listing,
        );
      }
      onLooked(listing.pictures.length);
      const last = listed.at(-1)?.key;
      if (!page.IsTruncated || last === undefined) return listing;
      after = last;
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new Error(`s3://${bucket}/${prefix} cannot be listed: ${whyOf(error)}`, { cause: error });
  }
}

function openStore(): S3Client {
  const endpoint = storeAddress();
  return new S3Client({
    // Stores differ in what they say of a part; what is read whole is hashed here.
    responseChecksumValidation: "WHEN_REQUIRED",
    // Only AWS itself is sure to know a bucket by its host's name.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  });
}

/** Its first bytes say what it is: the list knows its length alone. */
async function look(
  client: S3Client,
  bucket: string,
  { key, bytes }: Listed,
  signal: AbortSignal,
): Promise<Found> {
  const get = async (range?: string) => {
    const command = new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      ...(range === undefined ? {} : { Range: range }),
    });
    const { Body } = await client.send(command, { abortSignal: signal });
    if (!Body) throw new Error(`${key} has no body`);
    return Body.transformToByteArray();
  };
  try {
    if (bytes === 0) return { why: "empty" };
    const head = await get(`bytes=0-${headBytes - 1}`);
    return { bytes, read: async () => new Uint8Array(await get()), ...judge(head, bytes) };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return { why: whyOf(error) };
  }
}

function whyOf(error: unknown): string {
  const { name = "", message = "" } = error instanceof Error ? error : {};
  if (name === "CredentialsProviderError") {
    return "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
  }
  if (message === "Region is missing") return "set AWS_REGION (for R2: auto)";
  return name === "" || message.includes(name) ? message : `${name}: ${message}`;
}
