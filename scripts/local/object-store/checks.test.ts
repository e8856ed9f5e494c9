import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { s3Blobs } from "@vigil/core/platform/aws";
import { type ObjectStore, startObjectStore } from "./index.ts";
import {
  bucket,
  credentials,
  key,
  picture,
  refused,
  region,
  send,
  sha256,
  upload,
} from "./testing/client.ts";

describe("the local object store, with an upload that is bound by the hash of its payload", () => {
  let folder: string;
  let store: ObjectStore;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-objects-"));
    store = await startObjectStore({ dataDir: folder, bucket, region, credentials });
  });
  after(async () => {
    await store.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const presignBound = () =>
    s3Blobs({ bucket, region, endpoint: store.url, credentials, binding: "payload" }).presignPut({
      key,
      bytes: picture.length,
      contentType: "image/jpeg",
      sha256: sha256(picture),
      seconds: 60,
    });

  it("takes the bytes, and no others", async () => {
    const signed = await presignBound();
    assert.equal((await upload(signed)).status, 200);
    refused(await upload(signed, {}, Buffer.from(picture.toReversed())), 400, "XAmzContentSHA256Mismatch");
    const blobs = s3Blobs({ bucket, region, endpoint: store.url, credentials });
    const { url } = await blobs.presignGet({ key, seconds: 60 });
    assert.equal((await send("GET", url)).body, picture.toString());
  });

  it("refuses another hash, none, another type and another length", async () => {
    const signed = await presignBound();
    const other = sha256(Buffer.from("other"));
    for (const changes of [
      { "x-amz-content-sha256": other },
      { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
      { "x-amz-content-sha256": undefined },
      { "content-type": "image/png" },
    ]) {
      refused(await upload(signed, changes), 403, "SignatureDoesNotMatch");
    }
    const longer = Buffer.concat([picture, Buffer.from("!")]);
    refused(
      await upload(signed, { "content-length": String(longer.length) }, longer),
      403,
      "SignatureDoesNotMatch",
    );
  });
});

describe("the local object store that checks nothing, as some are", () => {
  let lax: ObjectStore;
  let laxFolder: string;
  let laxBlobs: ReturnType<typeof s3Blobs>;
  before(async () => {
    laxFolder = await mkdtemp(join(tmpdir(), "vigil-objects-"));
    lax = await startObjectStore({ dataDir: laxFolder, bucket, region, credentials, checks: "none" });
    laxBlobs = s3Blobs({ bucket, region, endpoint: lax.url, credentials });
  });
  after(async () => {
    await lax.stop();
    await rm(laxFolder, { recursive: true, force: true });
  });
  const presignLax = (binding: "checksum" | "payload" = "checksum") =>
    s3Blobs({ bucket, region, endpoint: lax.url, credentials, binding }).presignPut({
      key,
      bytes: picture.length,
      contentType: "image/jpeg",
      sha256: sha256(picture),
      seconds: 60,
    });

  it("takes other bytes under an unchanged checksum, and reports none", async () => {
    const other = Buffer.from(picture.toReversed());
    assert.equal((await upload(await presignLax(), {}, other)).status, 200);
    assert.deepEqual(await laxBlobs.find(key), {
      bytes: other.length,
      contentType: "image/jpeg",
      sha256: undefined,
    });
  });

  it("still refuses another key, type and checksum than signed, and a URL signed for a hash", async () => {
    const signed = await presignLax();
    refused(
      await upload({ ...signed, url: signed.url.replace("door", "gate") }),
      403,
      "SignatureDoesNotMatch",
    );
    refused(await upload(signed, { "content-type": "image/png" }), 403, "SignatureDoesNotMatch");
    const other = Buffer.from(sha256(Buffer.from("other")), "hex").toString("base64");
    refused(await upload(signed, { "x-amz-checksum-sha256": other }), 403, "SignatureDoesNotMatch");
    refused(await upload(await presignLax("payload")), 403, "SignatureDoesNotMatch");
  });
});
