/**
 * For tests: the worker's side of the API on loopback. It verifies the bearer key, every signature and every schema,
 * keeps one digest per review and part as the real one does, and can be told to fail.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { RecordingReport, RecordingRequest, type RecordingSource } from "@vigil/core/check/wire";
import { DigestReport } from "@vigil/core/digest/wire";
import * as Id from "@vigil/core/id";
import { run } from "@vigil/core/limits";
import { type ChunkItem, ChunkItemsRequest, ChunkReport } from "@vigil/core/run/wire";
import {
  EvidenceUrlsRequest,
  type FailureReply,
  FailureReport,
  Heartbeat,
  type HeartbeatReply,
} from "@vigil/core/worker/wire";
import { Webhook } from "standardwebhooks";

export type Answer = { status: number; body: unknown };
export type Route =
  | "evidence-urls"
  | "digest"
  | "failure"
  | "heartbeats"
  | "items"
  | "findings"
  | "source"
  | "facts";

export type WorkerApi = {
  url: string;
  key: string;
  /** Accepted digests, by `reviewId/part`. */
  digests: Map<string, DigestReport>;
  failures: (FailureReport & { reviewId: string })[];
  heartbeats: Heartbeat[];
  /** Requests by route, refused ones included. */
  requests: Record<Route, number>;
  /** What was wrong with requests that a correct worker never sends. */
  faults: string[];
  failureReply: FailureReply;
  heartbeatReply: HeartbeatReply;
  /** Answers before the real route does; undefined lets the request through. */
  intercept: (route: Route, reviewId: string, body: unknown) => Answer | undefined;
  /** Reports of chunks, by `runId/chunk`. */
  chunks: Map<string, ChunkReport>;
  /** Called when a report of a chunk was kept. */
  onChunk: (runId: string, report: ChunkReport) => void;
  /** The items of a run's chunk, of which a page holds as many as the real one does. */
  itemsOf: (runId: string) => ChunkItem[];
  /** Reports of recordings, by the id of their check. */
  recordings: Map<string, RecordingReport>;
  /** Where a recording lies; undefined: nobody wants it any more. */
  sourceOf: (checkId: string) => RecordingSource | undefined;
  /** Fresh URLs for a moment; without one the answer leaves the moment out. */
  renew: (momentId: string) => { url: string; expiresAt: string } | undefined;
  close(): Promise<void>;
};

export const workerKey = "vgl_wrk_testtesttesttesttest";

export async function startWorkerApi(): Promise<WorkerApi> {
  const webhook = new Webhook(
    createHash("sha256").update(`vigil-worker-signature-v1:${workerKey}`).digest("base64"),
  );

  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => {
        const json = { "content-type": "application/json" };
        return response.writeHead(status, json).end(JSON.stringify(body));
      },
      (error: unknown) => {
        api.faults.push(String(error));
        return response.writeHead(400).end(JSON.stringify({ code: "invalid-body", detail: String(error) }));
      },
    );
  });

  async function answer(request: IncomingMessage): Promise<Answer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    if (request.headers.authorization !== `Bearer ${workerKey}`) {
      api.faults.push("wrong bearer key");
      return { status: 401, body: { code: "unauthenticated", detail: "wrong key" } };
    }
    const body = webhook.verify(text, request.headers as Record<string, string>);
    const [, , , ...path] = (request.url ?? "").split("/");
    const [noun, reviewId = "", verb] = path;
    const route = (noun === "heartbeats" ? "heartbeats" : verb) as Route;
    api.requests[route] += 1;
    return api.intercept(route, reviewId, body) ?? routes[route](reviewId, body);
  }

  const routes: Record<Route, (reviewId: string, body: unknown) => Answer> = {
    "evidence-urls": (_reviewId, body) => {
      const { momentIds } = EvidenceUrlsRequest.parse(body);
      const moments = momentIds.flatMap((id) => {
        const fresh = api.renew(id);
        return fresh ? [{ id, ...fresh }] : [];
      });
      return { status: 200, body: { moments } };
    },
    digest: (reviewId, body) => storeDigest(reviewId, DigestReport.parse(body)),
    failure: (reviewId, body) => {
      api.failures.push({ reviewId, ...FailureReport.parse(body) });
      return { status: 200, body: api.failureReply };
    },
    items: (runId, body) => {
      const { after } = ChunkItemsRequest.parse(body);
      const items = api.itemsOf(runId).filter(({ no }) => no > after);
      return { status: 200, body: { items: items.slice(0, run.urlsMax) } };
    },
    findings: (runId, body) => {
      const report = ChunkReport.parse(body);
      api.chunks.set(`${runId}/${report.chunk}`, report);
      api.onChunk(runId, report);
      return { status: 200, body: { status: "stored" } };
    },
    source: (checkId, body) => {
      RecordingRequest.parse(body);
      const found = api.sourceOf(checkId);
      return found
        ? { status: 200, body: found }
        : { status: 409, body: { code: "recording-not-wanted", detail: "it has an end" } };
    },
    facts: (checkId, body) => {
      const known = api.recordings.has(checkId);
      if (!known) api.recordings.set(checkId, RecordingReport.parse(body));
      return { status: 200, body: { status: known ? "already-stored" : "stored" } };
    },
    heartbeats: (_reviewId, body) => {
      api.heartbeats.push(Heartbeat.parse(body));
      return { status: 200, body: api.heartbeatReply };
    },
  };

  /** As the real API: the same content twice is one digest, other content a conflict. */
  function storeDigest(reviewId: string, report: DigestReport): Answer {
    if (report.reviewId !== reviewId) throw new Error("the digest is of another review");
    const key = `${reviewId}/${report.part}`;
    const stored = api.digests.get(key);
    if (!stored) {
      api.digests.set(key, report);
      return { status: 200, body: { digestId: Id.create("digest"), status: "stored" } };
    }
    return JSON.stringify(stored.moments) === JSON.stringify(report.moments)
      ? { status: 200, body: { digestId: Id.create("digest"), status: "already-stored" } }
      : { status: 409, body: { code: "digest-differs", detail: "another digest is stored" } };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const api: WorkerApi = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: workerKey,
    digests: new Map(),
    failures: [],
    heartbeats: [],
    requests: {
      "evidence-urls": 0,
      digest: 0,
      failure: 0,
      heartbeats: 0,
      items: 0,
      findings: 0,
      source: 0,
      facts: 0,
    },
    faults: [],
    failureReply: { action: "stop", delaySeconds: 0 },
    heartbeatReply: { queueDepth: 0, overloaded: false, extraBatchWindowMs: 0, model: null, shadow: null },
    intercept: () => undefined,
    chunks: new Map(),
    onChunk: () => undefined,
    itemsOf: () => [],
    recordings: new Map(),
    sourceOf: () => undefined,
    renew: () => undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return api;
}
