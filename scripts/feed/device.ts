/** A camera as the API sees it: posts events with their images, in both of the ways that there are. */

import { createHash } from "node:crypto";
import { EventAccepted, type EventInput, Upload } from "@vigil/core/event/wire";
import * as z from "zod";
import { call } from "../stack/api-client.ts";

export type Image = { name: string; bytes: Buffer; capturedAt: Date };
export type Device = {
  /** One request: the event and its images as parts. */
  postMultipart(event: EventInput, images: readonly Image[]): Promise<EventAccepted>;
  /** The event as JSON; its images, if any, by presigned PUT, and then the seal. */
  postAndUpload(event: EventInput, images: readonly Image[]): Promise<EventAccepted>;
};

const contentType = "image/jpeg";
const uploadMsMax = 20_000;
const Sealed = z.object({ sealed: z.boolean(), uploads: z.array(Upload) });

function announce({ name, bytes, capturedAt }: Image) {
  return {
    name,
    contentType,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    capturedAt: capturedAt.toISOString(),
  } as const;
}

async function put(upload: Upload, image: Image): Promise<void> {
  const response = await fetch(upload.url, {
    method: upload.method,
    headers: upload.headers,
    body: new Uint8Array(image.bytes),
    signal: AbortSignal.timeout(uploadMsMax),
  });
  if (!response.ok) {
    throw new Error(`the object store refused ${image.name}: ${response.status} ${await response.text()}`);
  }
}

export function createDevice(apiUrl: string, deviceKey: string): Device {
  const events = `${apiUrl}/v1/events`;
  return {
    async postMultipart(event, images) {
      const form = new FormData();
      form.set("event", JSON.stringify({ ...event, evidence: images.map(announce) }));
      for (const { name, bytes } of images) {
        form.append("image", new Blob([new Uint8Array(bytes)], { type: contentType }), name);
      }
      return call(events, deviceKey, EventAccepted, { method: "POST", body: form });
    },
    async postAndUpload(event, images) {
      const accepted = await call(events, deviceKey, EventAccepted, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...event, evidence: images.map(announce) }),
      });
      if (images.length === 0) return accepted;
      for (const upload of accepted.uploads) {
        const image = images.find(({ name }) => name === upload.name);
        if (!image) throw new Error(`the API asks for ${upload.name}, which was not announced`);
        await put(upload, image);
      }
      const sealed = await call(`${events}/${accepted.id}/seal`, deviceKey, Sealed, { method: "POST" });
      if (!sealed.sealed) {
        throw new Error(
          `the event ${accepted.id} lacks ${sealed.uploads.map(({ name }) => name).join(", ")}`,
        );
      }
      return accepted;
    },
  };
}
