/** What the console asks about texts and pictures from elsewhere: checks, those of before, and how often answers are wrong. */
import type { Client } from "@vigil/client";
import { bounded, type Settle } from "./asking.ts";
import type {
  Check,
  CheckDashboard,
  CheckEvaluation,
  CheckPage,
  CheckUpload,
  UploadInput,
} from "./contract.ts";

/** What somebody asks about. */
export type Asked = { text: string } | { file: File } | { url: string };

export type ChecksApi = {
  check: (asked: Asked, label: string | undefined, idempotencyKey: string) => Promise<Check>;
  /** What is too large to be answered at once: the answer says where its bytes are to go. */
  announceUpload: (input: UploadInput, idempotencyKey: string) => Promise<CheckUpload>;
  /** Its bytes are there. */
  completeUpload: (id: string) => Promise<CheckUpload>;
  checkUpload: (id: string) => Promise<CheckUpload>;
  /** Newest first. */
  checks: (cursor: string | undefined, signal?: AbortSignal) => Promise<CheckPage>;
  checksDashboard: (signal?: AbortSignal) => Promise<CheckDashboard>;
  checksEvaluation: (signal?: AbortSignal) => Promise<CheckEvaluation>;
  /** A table of the newest, for other programs. */
  checksExport: () => Promise<string>;
};

const perPage = 25;

export function checksCalls(client: Client, settle: Settle): ChecksApi {
  return {
    check: (asked, label, idempotencyKey) => {
      const header = { "idempotency-key": idempotencyKey };
      const labelled = label === undefined ? {} : { label };
      const signal = bounded();
      if ("file" in asked) {
        const { file } = asked;
        const sent = {
          params: { header, query: { name: file.name, ...labelled } },
          headers: { "content-type": file.type },
          // A body of bytes is text by the description's types.
          body: file as unknown as string,
          bodySerializer: () => file,
          signal,
        };
        // By what the browser takes the file for.
        if (file.type.startsWith("audio/")) return settle(client.POST("/v1/authenticity/audio", sent));
        if (file.type.startsWith("video/")) return settle(client.POST("/v1/authenticity/video", sent));
        return settle(client.POST("/v1/authenticity/image", sent));
      }
      const params = { header };
      return "text" in asked
        ? settle(client.POST("/v1/authenticity/text", { params, body: { ...asked, ...labelled }, signal }))
        : settle(client.POST("/v1/authenticity/url", { params, body: { ...asked, ...labelled }, signal }));
    },
    announceUpload: (body, idempotencyKey) => {
      const params = { header: { "idempotency-key": idempotencyKey } };
      return settle(client.POST("/v1/authenticity/uploads", { params, body, signal: bounded() }));
    },
    completeUpload: (id) => {
      const params = { path: { id } };
      return settle(client.POST("/v1/authenticity/uploads/{id}/complete", { params, signal: bounded() }));
    },
    checkUpload: (id) =>
      settle(client.GET("/v1/authenticity/uploads/{id}", { params: { path: { id } }, signal: bounded() })),
    checks: (cursor, signal) => {
      const query = { limit: perPage, ...(cursor === undefined ? {} : { cursor }) };
      return settle(client.GET("/v1/authenticity/history", { params: { query }, signal: bounded(signal) }));
    },
    checksDashboard: (signal) =>
      settle(client.GET("/v1/authenticity/dashboard", { signal: bounded(signal) })),
    checksEvaluation: (signal) =>
      settle(client.GET("/v1/authenticity/evaluation", { signal: bounded(signal) })),
    checksExport: () =>
      settle(
        client.GET("/v1/authenticity/export", {
          params: { query: { format: "csv" } },
          parseAs: "text",
          signal: bounded(),
        }),
      ),
  };
}
