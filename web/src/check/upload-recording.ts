/** A recording that is too large to be answered at once: hashed here, uploaded to the store, and waited for. */
import type { ChecksApi } from "../api/checks.ts";
import type { Check, CheckUpload, UploadInput } from "../api/contract.ts";
import { Unreachable } from "../api/failure.ts";

/** What is under way; `share`: how much of it is done, where that is known. */
export type Step = { what: "hashing" | "uploading" | "waiting"; share?: number };

/** It has an end and no answer. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  readonly state: "refused" | "given-back";

  constructor(state: NoAnswer["state"], reason: string | null) {
    super(reason ?? state);
    this.state = state;
  }
}

type Recording = { file: File; label: string | undefined; idempotencyKey: string };

/** Files up to here are answered at once. */
const atOnceBytesMax = 4 * 1024 * 1024;
const askEveryMs = 2_000;
const triesMax = 3;

/** @returns what it is to be uploaded as; undefined: it is sent as it is */
export function uploadKindOf({ type, size }: File): UploadInput["kind"] | undefined {
  if (size <= atOnceBytesMax) return undefined;
  if (type.startsWith("audio/")) return "audio";
  return type.startsWith("video/") ? "video" : undefined;
}

/** Resolves with the check. @throws `NoAnswer`, and what the API refuses or does not answer */
export async function checkRecording(
  api: ChecksApi,
  { file, label, idempotencyKey }: Recording,
  kind: UploadInput["kind"],
  onStep: (step: Step) => void,
): Promise<Check> {
  onStep({ what: "hashing" });
  const sha256 = await hashOf(file);
  const labelled = label === undefined ? {} : { label };
  const input = { kind, bytes: file.size, sha256, name: file.name.slice(0, 200), ...labelled };
  let upload = await api.announceUpload(input, idempotencyKey);
  for (let tries = 0; upload.upload !== null; tries += 1) {
    if (tries === triesMax) throw new Unreachable("the store does not keep the upload");
    await put(file, upload.upload, (share) => onStep({ what: "uploading", share })).catch(
      (error: unknown) => {
        // A link lives a minute; completing gives a fresh one.
        if (tries + 1 === triesMax) throw error;
      },
    );
    upload = await api.completeUpload(upload.id);
  }
  onStep({ what: "waiting" });
  return answerOf(api, upload);
}

async function answerOf(api: ChecksApi, first: CheckUpload): Promise<Check> {
  for (let upload = first; ; ) {
    if (upload.check !== null) return upload.check;
    if (upload.state === "refused" || upload.state === "given-back") {
      throw new NoAnswer(upload.state, upload.reason);
    }
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    upload = await api.checkUpload(upload.id);
  }
}

async function hashOf(file: File): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** `fetch` tells nothing of how far an upload is. */
function put(
  file: File,
  { url, headers }: NonNullable<CheckUpload["upload"]>,
  onShare: (share: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    // The browser tells the length itself.
    for (const [name, value] of Object.entries(headers)) {
      if (name !== "content-length") request.setRequestHeader(name, value);
    }
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onShare(total === 0 ? 0 : loaded / total),
    );
    request.addEventListener("load", () =>
      request.status === 200 ? resolve() : reject(new Unreachable(`the store answered ${request.status}`)),
    );
    request.addEventListener("error", () => reject(new Unreachable("the store does not answer")));
    request.send(file);
  });
}
