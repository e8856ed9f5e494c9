/** What a camera recorded, to be taken away: clips, segments as they lie on the disk, and a list of these with their hashes. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { Clock } from "../clock.ts";
import { ClipRefused, clipMsMax, type Recorder } from "../recorder/index.ts";
import { type Answer, frame, missing, page, type RecordedAnswer } from "./answer.ts";
import { createClipShelf } from "./clip-shelf.ts";
import { html } from "./html.ts";

export type RecordedPagesOptions = {
  site: string;
  clock: Clock;
  recorder: Pick<Recorder, "list" | "clip" | "read">;
};

const nothingThen = { ...missing, body: "Nothing was recorded then.\n" };

const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Milliseconds since 1970, as the page's own links give them. */
export function readTime(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name) ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

export function createRecordedPages({ site, clock, recorder }: RecordedPagesOptions) {
  const shelf = createClipShelf(recorder);

  async function clip(name: string, query: URLSearchParams): Promise<Answer | RecordedAnswer> {
    const [fromMs, toMs] = [readTime(query, "from"), readTime(query, "to")];
    if (fromMs === undefined || toMs === undefined) return missing;
    try {
      const held = await shelf.take(name, fromMs, toMs);
      if (!held) return nothingThen;
      const { path, bytes, sha256, fromMs: beginMs } = held.clip;
      const read = (start: number, end: number) => createReadStream(path, { start, end });
      const file = `${name}-${new Date(beginMs).toISOString().replaceAll(":", "-")}.mp4`;
      return { recorded: { type: "video/mp4", name: file, bytes, sha256, read, done: () => held.release() } };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const body = frame("No clip", site, html`<h2>There is no clip</h2><p>${why}</p>`);
      return page(body, error instanceof ClipRefused ? 422 : 500);
    }
  }

  async function segment(name: string, startMs: number): Promise<Answer | RecordedAnswer> {
    const found = recorder.list(name, startMs, startMs + 1).find((one) => one.startMs === startMs);
    const bytes = found && (await recorder.read(found));
    if (!bytes) return nothingThen;
    return {
      recorded: {
        type: "video/mp2t",
        name: `${name}-${startMs}.ts`,
        bytes: bytes.length,
        sha256: hashOf(bytes),
        read: (start, end) => Readable.from([bytes.subarray(start, end + 1)]),
        done: () => {},
      },
    };
  }

  /** The segments of a time with their hashes, so that what was taken away can be held against what was here. */
  async function listing(
    { name, place }: { name: string; place: string },
    query: URLSearchParams,
  ): Promise<Answer> {
    const [fromMs, toMs] = [readTime(query, "from"), readTime(query, "to")];
    if (fromMs === undefined || toMs === undefined) return missing;
    if (toMs - fromMs > clipMsMax) return { ...missing, status: 422, body: "Expected at most 10 minutes.\n" };
    const segments = [];
    for (const one of recorder.list(name, fromMs, toMs)) {
      const bytes = await recorder.read(one);
      // It may have gone by age meanwhile.
      if (!bytes) continue;
      segments.push({
        url: `/cameras/${name}/segments/${one.startMs}.ts`,
        from: new Date(one.startMs).toISOString(),
        milliseconds: one.ms,
        keptFor: one.kind,
        bytes: bytes.length,
        sha256: hashOf(bytes),
      });
    }
    if (segments.length === 0) return nothingThen;
    const body = { site, camera: name, place, madeAt: clock.now().toISOString(), segments };
    return { type: "application/json", body: JSON.stringify(body, null, 2) };
  }

  return { clip, segment, listing, stop: () => shelf.stop() };
}
