/** Asks an object store what it enforces, by uploading and reading as devices and workers do. */
import { createHash, randomUUID } from "node:crypto";
import type { Binding } from "@vigil/core/platform/aws";
import type { Blobs, PresignedPut } from "@vigil/core/platform/blobs";

/** `must`: Vigil cannot work, or cannot be safe, without it. `may`: Vigil does it itself where the store does not. */
export type Finding = { question: string; answer: string; isRight: boolean; weight: "must" | "may" };
export type Verdict = {
  findings: Finding[];
  /** What to set EVIDENCE_BINDING to; undefined when the store enforces neither. */
  binding: Binding | undefined;
  /** Whether the store is fit for Vigil. */
  isFit: boolean;
};

export type Probe = {
  /** The store through uploads of each binding. */
  blobs: Record<Binding, Blobs>;
  /** Resolves when so many milliseconds have passed. */
  wait: (ms: number) => Promise<void>;
  onFinding: (finding: Finding) => void;
};

type Answer = { status: number; body: Buffer };
type Bytes = Buffer<ArrayBuffer>;

const contentType = "image/jpeg";
const bytes: Bytes = Buffer.from("What a camera saw, as far as the store is concerned.\n");
const others: Bytes = Buffer.from(bytes.toReversed());
const longer: Bytes = Buffer.concat([bytes, Buffer.from("!")]);
const sha256 = createHash("sha256").update(bytes).digest("hex");
/** A store may allow its clock this much more than the URL's life. */
const graceMs = 2_000;

/** Leaves nothing behind in the bucket. Throws when the store cannot be spoken to at all. */
export async function probeStore({ blobs, wait, onFinding }: Probe): Promise<Verdict> {
  const folder = `uploads/check-${randomUUID()}`;
  const keys: string[] = [];
  const findings: Finding[] = [];
  const find = (weight: Finding["weight"], question: string, isRight: boolean, answer: string | number) => {
    const finding = { question, answer: String(answer), isRight, weight };
    findings.push(finding);
    onFinding(finding);
    return isRight;
  };
  const presign = async (binding: Binding, seconds = 60) => {
    const key = `${folder}/${keys.length}`;
    keys.push(key);
    const signed = await blobs[binding].presignPut({
      key,
      bytes: bytes.length,
      contentType,
      sha256,
      seconds,
    });
    return { key, signed };
  };
  const refuses = async (
    question: string,
    change: (signed: PresignedPut) => PresignedPut,
    body: Bytes = bytes,
  ) => {
    const { signed } = await presign("checksum");
    const { status } = await put(change(signed), body);
    find("must", question, status >= 400, status);
  };

  try {
    const first = await presign("checksum");
    const taken = await put(first.signed, bytes);
    find("must", "takes an upload as it was signed", taken.status === 200, taken.status);
    const { url } = await blobs.checksum.presignGet({ key: first.key, seconds: 60 });
    const read = await get(url);
    find("must", "gives the same bytes back", read.body.equals(bytes), read.status);
    const found = await blobs.checksum.find(first.key);
    find("must", "tells the length", found?.bytes === bytes.length, found?.bytes ?? "no such object");
    find("may", "tells the checksum", found?.sha256 === sha256, found?.sha256 ?? "none");

    await refuses("refuses another length", withHeader("content-length", String(longer.length)), longer);
    await refuses("refuses another content type", withHeader("content-type", "text/html"));
    await refuses("refuses another key", (signed) => ({
      ...signed,
      url: signed.url.replace(folder, `${folder}x`),
    }));
    await refuses("refuses another signature", withOtherSignature);
    await refuses("refuses a header that was not signed", withHeader("x-amz-acl", "public-read"));
    const missing = await get((await blobs.checksum.presignGet({ key: `${folder}/none`, seconds: 60 })).url);
    const isNoSuchKey = missing.status === 404 && missing.body.includes("<Code>NoSuchKey</Code>");
    find("must", "says NoSuchKey of what is not there", isNoSuchKey, missing.status);

    const enforced: Binding[] = [];
    for (const binding of ["checksum", "payload"] as const) {
      const [right, wrong] = [await presign(binding), await presign(binding)];
      const takes = (await put(right.signed, bytes)).status;
      const refused = (await put(wrong.signed, others)).status;
      if (takes === 200 && refused >= 400) enforced.push(binding);
      find(
        "may",
        `refuses other bytes of the same length (bound by ${binding})`,
        takes === 200 && refused >= 400,
        `${takes} for the right ones, ${refused} for others`,
      );
    }

    const late = await presign("checksum", 1);
    await wait(1_000 + graceMs);
    const { status } = await put(late.signed, bytes);
    find("must", "refuses a URL that has expired", status >= 400, status);
    const isFit = findings.every((one) => one.isRight || one.weight === "may");
    return { findings, binding: enforced[0], isFit };
  } finally {
    for (const key of [...keys, ...keys.map((each) => each.replace(folder, `${folder}x`))]) {
      await blobs.checksum.delete(key).catch(() => undefined);
    }
  }
}

function withOtherSignature(signed: PresignedPut): PresignedPut {
  const url = signed.url.replace(
    /(Signature=)(.)/i,
    (_, name: string, digit: string) => name + (digit === "0" ? "1" : "0"),
  );
  return { ...signed, url };
}

function withHeader(name: string, value: string): (signed: PresignedPut) => PresignedPut {
  return (signed) => ({ ...signed, headers: { ...signed.headers, [name]: value } });
}

async function put({ url, headers }: PresignedPut, body: Bytes): Promise<Answer> {
  // The length is the body's own: fetch sends no other.
  const { "content-length": _length, ...sent } = headers;
  return answerOf(await fetch(url, { method: "PUT", headers: sent, body }));
}

async function get(url: string): Promise<Answer> {
  return answerOf(await fetch(url));
}

async function answerOf(answer: Response): Promise<Answer> {
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
}
