/** For tests: the two sides of a run, a member who imports and a worker who looks. */
import { createHash } from "node:crypto";
import { listChunkItems, moveRun, nameItems, openRun, reportChunk } from "../src/flow/index.ts";
import { contentKeyOf } from "../src/run/index.ts";
import {
  type ChunkFinding,
  ChunkJob,
  type ItemInput,
  type ItemsReply,
  type RunInput,
  type RunView,
} from "../src/run/wire.ts";
import type { TestDatabase } from "./database.ts";
import { createTestServices, type TestServices } from "./services.ts";

const model = { name: "test", sha256: "a".repeat(64) };

/** @param accountIndex of the seeded accounts */
export function importer(
  base: TestDatabase,
  services: TestServices = createTestServices(base),
  accountIndex = 2,
) {
  const accountId = base.seeded.accounts[accountIndex]?.accountId ?? "";
  const by = { accountId, actor: "test" };

  return {
    services,
    accountId,
    open: (source: string, more: Omit<RunInput, "source"> = {}) => openRun(services, by, { source, ...more }),
    move: (id: string, action: Parameters<typeof moveRun>[2]["action"]) =>
      moveRun(services, by, { id, action }),
    name: (runId: string, items: readonly ItemInput[]) => nameItems(services, { accountId, runId, items }),
    /** Uploads what is missing, and names it once more. */
    async add(runId: string, items: readonly ItemInput[]): Promise<ItemsReply> {
      const { missing } = await nameItems(services, { accountId, runId, items });
      for (const { sha256 } of missing) {
        const { contentType } = items.find((item) => item.sha256 === sha256) ?? { contentType: "image/jpeg" };
        const body = bodies.get(sha256) ?? new Uint8Array();
        await services.blobs.put({ key: contentKeyOf(accountId, sha256), body, contentType, sha256 });
      }
      return nameItems(services, { accountId, runId, items });
    },
    /** A whole run, to where it waits to be sealed. */
    async import(source: string, items: readonly ItemInput[]): Promise<RunView> {
      const { id } = await openRun(services, by, { source });
      for (let from = 0; from < items.length; from += 256) await this.add(id, items.slice(from, from + 256));
      await moveRun(services, by, { id, action: "finish-listing" });
      await workAll(services);
      return moveRun(services, by, { id, action: "finish-listing" });
    },
  };
}

const bodies = new Map<string, Uint8Array>();

/** Items of made-up bytes: equal words are equal bytes. */
export function itemsOf(words: readonly string[]): ItemInput[] {
  return words.map((word, no) => {
    const body = Buffer.from(word);
    const sha256 = createHash("sha256").update(body).digest("hex");
    bodies.set(sha256, body);
    return { no, name: `${no}.jpg`, sha256, bytes: body.byteLength, contentType: "image/jpeg" };
  });
}

/** What a worker sees: something that depends on the content's hash alone. */
export function lookAt({ no, sha256 }: { no: number; sha256: string }): ChunkFinding {
  const confidence = Number.parseInt(sha256.slice(0, 6), 16) / 0xffffff;
  return {
    no,
    outcome: "inspected",
    detections: [{ label: "person", confidence, box: [0.1, 0.2, 0.3, 0.4] }],
    hash: sha256.slice(0, 16),
  };
}

export async function takeChunks(services: TestServices): Promise<ChunkJob[]> {
  const messages = await services.bulk.receive({ messagesMax: 100, waitSeconds: 0, visibilitySeconds: 300 });
  for (const message of messages) await services.bulk.delete(message);
  return messages.map(({ body }) => ChunkJob.parse(JSON.parse(body)));
}

/** The items of a chunk, page by page, each looked at. */
export async function inspectChunk(
  services: TestServices,
  { runId, chunk, step }: ChunkJob,
  look: typeof lookAt = lookAt,
): Promise<ChunkFinding[]> {
  const findings: ChunkFinding[] = [];
  for (let after = -1; ; ) {
    const { items } = await listChunkItems(services, runId, { chunk, step, after });
    findings.push(...items.map(look));
    const last = items.at(-1);
    if (!last) return findings;
    after = last.no;
  }
}

export async function reportFindings(
  services: TestServices,
  job: ChunkJob,
  findings: ChunkFinding[],
  by = model,
) {
  const { runId, chunk, step } = job;
  return reportChunk(services, runId, { v: 1, chunk, step, workerId: "test", model: by, findings });
}

/** Until the bulk queue is empty. @returns how many contents were looked at */
export async function workAll(services: TestServices, look: typeof lookAt = lookAt): Promise<number> {
  let looked = 0;
  for (let jobs = await takeChunks(services); jobs.length > 0; jobs = await takeChunks(services)) {
    for (const job of jobs) {
      const findings = await inspectChunk(services, job, look);
      await reportFindings(services, job, findings);
      looked += findings.length;
    }
  }
  return looked;
}
