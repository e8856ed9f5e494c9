/** An account's device and member, talking to the API as they would from outside. */
import { createHash, randomUUID } from "node:crypto";
import { DigestSummary, DigestView } from "@vigil/core/digest/wire";
import { EventAccepted } from "@vigil/core/event/wire";
import { ReviewView } from "@vigil/core/review/wire";
import type { SeededAccount } from "../../packages/core/src/seed/index.ts";
import { until } from "../../scripts/local/until.ts";

export type Picture = { name: string; bytes: Uint8Array };

export function createSubscriber(apiUrl: string, account: SeededAccount) {
  async function call(
    path: string,
    {
      headers = {},
      ...init
    }: { method?: string; headers?: Record<string, string>; body?: string | FormData } = {},
  ): Promise<Response> {
    return fetch(`${apiUrl}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${account.memberToken}`, ...headers },
    });
  }
  const device = { authorization: `Bearer ${account.deviceKey}` };
  const eventOf = (part: Record<string, unknown>) => ({
    id: randomUUID(),
    occurredAt: new Date().toISOString(),
    type: "person",
    zone: "front_door",
    ...part,
  });

  return {
    authorization: { authorization: `Bearer ${account.memberToken}` },

    /** As README's curl does. */
    async postMultipart(
      pictures: readonly Picture[],
      part: Record<string, unknown> = {},
      headers: Record<string, string> = {},
    ): Promise<EventAccepted> {
      const form = new FormData();
      form.set("event", JSON.stringify(eventOf(part)));
      for (const { name, bytes } of pictures) form.append("image", new Blob([new Uint8Array(bytes)]), name);
      return accepted(
        await call("/v1/events", { method: "POST", headers: { ...device, ...headers }, body: form }),
      );
    },

    /** JSON, then one presigned PUT a picture, then the seal. */
    async postAndUpload(
      pictures: readonly Picture[],
      part: Record<string, unknown> = {},
    ): Promise<EventAccepted> {
      const evidence = pictures.map(({ name, bytes }) => ({
        name,
        contentType: "image/jpeg",
        bytes: bytes.byteLength,
        sha256: createHash("sha256").update(bytes).digest("hex"),
      }));
      const body = JSON.stringify({ ...eventOf(part), evidence });
      const event = await accepted(
        await call("/v1/events", {
          method: "POST",
          headers: { ...device, "content-type": "application/json" },
          body,
        }),
      );
      for (const upload of event.uploads) {
        const bytes = pictures.find(({ name }) => name === upload.name)?.bytes;
        if (!bytes) throw new Error(`nothing to upload for ${upload.name}`);
        const { "content-length": _set, ...headers } = upload.headers;
        const put = await fetch(upload.url, { method: "PUT", headers, body: new Uint8Array(bytes) });
        if (!put.ok) throw new Error(`the store refused ${upload.name}: ${put.status} ${await put.text()}`);
      }
      const sealed = await call(`/v1/events/${event.id}/seal`, { method: "POST", headers: device });
      if (!sealed.ok) throw new Error(`the event was not sealed: ${await sealed.text()}`);
      return event;
    },

    /** @param url a webhook */
    async addEndpoint(url: string): Promise<void> {
      const headers = { "content-type": "application/json", "idempotency-key": randomUUID() };
      const body = JSON.stringify({ type: "webhook", url, levelFrom: "low" });
      const answer = await call("/v1/endpoints", { method: "POST", headers, body });
      if (!answer.ok) throw new Error(`the endpoint was refused: ${await answer.text()}`);
    },

    async askForReview(sessionId: string): Promise<ReviewView> {
      const answer = await call(`/v1/sessions/${sessionId}/reviews`, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
        body: "{}",
      });
      if (!answer.ok) throw new Error(`the review was refused: ${await answer.text()}`);
      return ReviewView.parse(await answer.json());
    },

    async getReview(id: string): Promise<ReviewView> {
      return ReviewView.parse(await (await call(`/v1/reviews/${id}`)).json());
    },

    /** Waits for the digest of a session. */
    async digestOf(sessionId: string, withinMs = 60_000): Promise<DigestView> {
      const summary = await until(
        async () => {
          const { items } = (await (await call("/v1/digests?limit=100")).json()) as { items: unknown[] };
          return items.map((item) => DigestSummary.parse(item)).find((item) => item.sessionId === sessionId);
        },
        { withinMs, everyMs: 100, because: `no digest of ${sessionId} came within ${withinMs / 1000} s` },
      );
      return DigestView.parse(await (await call(`/v1/digests/${summary.id}`)).json());
    },
  };
}

async function accepted(answer: Response): Promise<EventAccepted> {
  if (answer.status !== 202) {
    throw new Error(`the event was refused: ${answer.status} ${await answer.text()}`);
  }
  return EventAccepted.parse(await answer.json());
}
