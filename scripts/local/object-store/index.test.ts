import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, before, beforeEach, describe, it } from "node:test";
import { DeleteObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
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

describe("the local object store", () => {
  let folder: string;
  let store: ObjectStore;
  let nowMs: number | undefined;
  let blobs: ReturnType<typeof s3Blobs>;
  const start = () =>
    startObjectStore({
      dataDir: folder,
      bucket,
      region,
      credentials,
      origins: ["http://127.0.0.1:5173"],
      now: () => new Date(nowMs ?? Date.now()),
    });
  const presign = (bytes = picture, seconds = 60) =>
    blobs.presignPut({ key, bytes: bytes.length, contentType: "image/jpeg", sha256: sha256(bytes), seconds });
  const get = async () => (await blobs.presignGet({ key, seconds: 60 })).url;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-objects-"));
    store = await start();
    blobs = s3Blobs({ bucket, region, endpoint: store.url, credentials });
  });
  beforeEach(() => {
    nowMs = undefined;
  });
  after(async () => {
    await store.stop();
    await rm(folder, { recursive: true, force: true });
  });

  describe("accepts what the AWS SDK signs", () => {
    it("a presigned PUT and a presigned GET", async () => {
      const put = await upload(await presign());
      assert.equal(put.status, 200, put.body);
      const got = await send("GET", (await blobs.presignGet({ key, seconds: 60 })).url);
      assert.equal(got.body, picture.toString());
      assert.equal(got.headers["content-type"], "image/jpeg");
    });

    it("PUT, HEAD with checksum, ranged GET and DELETE of a client", async () => {
      await blobs.put({ key: "own", body: picture, contentType: "image/png", sha256: sha256(picture) });
      assert.deepEqual(await blobs.find("own"), {
        bytes: picture.length,
        contentType: "image/png",
        sha256: sha256(picture),
      });
      assert.equal(Buffer.from((await blobs.read("own", 9)) ?? []).toString(), "the bytes");
      await blobs.delete("own");
      assert.equal(await blobs.find("own"), undefined);
      await blobs.delete("own");
    });

    it("a stream with its checksum in the trailer", async () => {
      const client = new S3Client({ region, endpoint: store.url, forcePathStyle: true, credentials });
      const large = Buffer.alloc(300_000, "chunk ");
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: "streamed",
          Body: Readable.from([large.subarray(0, 100_000), large.subarray(100_000)]),
          ContentLength: large.length,
          ChecksumAlgorithm: "SHA256",
        }),
      );
      assert.deepEqual(await blobs.find("streamed"), {
        bytes: large.length,
        contentType: "application/octet-stream",
        sha256: sha256(large),
      });
      client.destroy();
    });

    it("a client with the SDK's default checksum", async () => {
      const client = new S3Client({ region, endpoint: store.url, forcePathStyle: true, credentials });
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: "crc", Body: picture }));
      assert.equal((await blobs.find("crc"))?.bytes, picture.length);
      client.destroy();
    });
  });

  describe("refuses a presigned PUT with", () => {
    it("another method", async () => {
      const { url, headers } = await presign();
      refused(await send("POST", url, headers, picture), 403, "SignatureDoesNotMatch");
      refused(await send("GET", url, headers), 403, "SignatureDoesNotMatch");
      refused(await send("DELETE", url, headers), 403, "SignatureDoesNotMatch");
    });

    it("another key", async () => {
      const { url, headers } = await presign();
      refused(await send("PUT", url.replace("door", "gate"), headers, picture), 403, "SignatureDoesNotMatch");
    });

    it("another length, told or sent", async () => {
      const longer = Buffer.concat([picture, Buffer.from("!")]);
      const signed = await presign();
      refused(
        await upload(signed, { "content-length": String(longer.length) }, longer),
        403,
        "SignatureDoesNotMatch",
      );
      refused(
        await upload(signed, { "content-length": undefined, "transfer-encoding": "chunked" }),
        403,
        "SignatureDoesNotMatch",
      );
    });

    it("another or no content type", async () => {
      const signed = await presign();
      refused(await upload(signed, { "content-type": "image/png" }), 403, "SignatureDoesNotMatch");
      refused(await upload(signed, { "content-type": undefined }), 403, "SignatureDoesNotMatch");
    });

    it("a signed header that no request has, whatever its name", async () => {
      for (const name of ["constructor", "__proto__", "hasownproperty"]) {
        const url = await get();
        const widened = url.replace("X-Amz-SignedHeaders=host", `X-Amz-SignedHeaders=host%3B${name}`);
        assert.notEqual(widened, url);
        refused(await send("GET", widened), 403, "SignatureDoesNotMatch");
        refused(await send("GET", `${url}&${name}=1`), 403, "SignatureDoesNotMatch");
      }
    });

    it("another or no checksum", async () => {
      const other = Buffer.from(sha256(Buffer.from("other")), "hex").toString("base64");
      const signed = await presign();
      refused(await upload(signed, { "x-amz-checksum-sha256": other }), 403, "SignatureDoesNotMatch");
      refused(await upload(signed, { "x-amz-checksum-sha256": undefined }), 403, "SignatureDoesNotMatch");
    });

    it("no length at all", async () => {
      const client = new S3Client({ region, endpoint: store.url, forcePathStyle: true, credentials });
      const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: bucket, Key: "unbound" }));
      client.destroy();
      refused(
        await send("PUT", url, { "transfer-encoding": "chunked" }, picture),
        411,
        "MissingContentLength",
      );
      refused(await send("PUT", url, { "content-length": 6 * 1024 ** 3 }), 400, "EntityTooLarge");
    });

    it("other bytes of the same length, and keeps the object that was there", async () => {
      await upload(await presign());
      const other = Buffer.from(picture.toReversed());
      refused(await upload(await presign(), {}, other), 400, "BadDigest");
      assert.equal((await blobs.find(key))?.sha256, sha256(picture));
    });

    it("a header that was not signed", async () => {
      const answer = await upload(await presign(), { "x-amz-meta-owner": "somebody" });
      refused(answer, 403, "AccessDenied");
      assert.match(answer.body, /<HeadersNotSigned>x-amz-meta-owner</);
    });
  });

  describe("refuses a presigned URL that", () => {
    it("has expired, from the first second after its time", async () => {
      await upload(await presign());
      const url = await get();
      const signedAt = Math.floor(Date.now() / 1000) * 1000;
      nowMs = signedAt + 58_000;
      assert.equal((await send("GET", url)).status, 200);
      nowMs = signedAt + 62_000;
      const answer = await send("GET", url);
      refused(answer, 403, "AccessDenied");
      assert.match(answer.body, /<Message>Request has expired<\/Message>/);
    });

    it("was signed in the future", async () => {
      const url = await get();
      nowMs = Date.now() - 16 * 60_000;
      refused(await send("GET", url), 403, "AccessDenied");
    });

    it("was given a longer life, an earlier date, another signature or another parameter", async () => {
      const url = await get();
      const changed: string[] = [
        url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"),
        url.replace(
          /X-Amz-Signature=(.)/,
          (_, digit: string) => `X-Amz-Signature=${digit === "0" ? "1" : "0"}`,
        ),
        url.replace(
          /X-Amz-Date=(\d{8}T\d{4})(\d\d)/,
          (_, minute: string, second: string) => `X-Amz-Date=${minute}${second === "00" ? "01" : "00"}`,
        ),
        `${url}&response-content-type=text%2Fhtml`,
        url.replace("X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders=host%3Bcookie"),
      ];
      for (const other of changed) {
        assert.notEqual(other, url);
        refused(await send("GET", other), 403, "SignatureDoesNotMatch");
      }
    });

    it("lives longer than a week, or for no number of seconds", async () => {
      const url = await get();
      for (const seconds of ["604801", "soon", "-1"]) {
        const answer = await send("GET", url.replace("X-Amz-Expires=60", `X-Amz-Expires=${seconds}`));
        refused(answer, 400, "AuthorizationQueryParametersError");
      }
      refused(
        await send("GET", url.replace(/X-Amz-Date=[^&]+&/, "")),
        400,
        "AuthorizationQueryParametersError",
      );
    });

    it("was signed with another secret, by somebody else, or for another region or host", async () => {
      const signedBy = async (changes: object, endpoint = store.url) => {
        const other = s3Blobs({ bucket, region, endpoint, credentials, ...changes });
        return (await other.presignGet({ key, seconds: 60 })).url;
      };
      const secret = await signedBy({ credentials: { ...credentials, secretAccessKey: "a guess" } });
      refused(await send("GET", secret), 403, "SignatureDoesNotMatch");
      const stranger = await signedBy({ credentials: { ...credentials, accessKeyId: "stranger" } });
      refused(await send("GET", stranger), 403, "InvalidAccessKeyId");
      refused(
        await send("GET", await signedBy({ region: "auto" })),
        400,
        "AuthorizationQueryParametersError",
      );
      const host = (await signedBy({}, "http://127.0.0.1:9")).replace("http://127.0.0.1:9", store.url);
      refused(await send("GET", host), 403, "SignatureDoesNotMatch");
    });
  });

  it("refuses a request without a signature, and one with two", async () => {
    refused(await send("GET", `${store.url}/${bucket}/${encodeURIComponent(key)}`), 403, "AccessDenied");
    const { url } = await blobs.presignGet({ key, seconds: 60 });
    refused(
      await send("GET", url, { authorization: "AWS4-HMAC-SHA256 Credential=x" }),
      400,
      "InvalidArgument",
    );
  });

  it("refuses a signed request that is used 16 minutes later, and a wrong bucket, as the SDK sees it", async () => {
    nowMs = Date.now() + 16 * 60_000;
    // With another attempt the SDK corrects its clock by the answer.
    const once = new S3Client({
      region,
      endpoint: store.url,
      forcePathStyle: true,
      credentials,
      maxAttempts: 1,
    });
    const late = once.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    await assert.rejects(late, { name: "RequestTimeTooSkewed" });
    once.destroy();
    nowMs = undefined;
    const elsewhere = s3Blobs({ bucket: "other", region, endpoint: store.url, credentials });
    await assert.rejects(elsewhere.delete(key), { name: "NoSuchBucket" });
    const wrong = { key: "wrong", body: picture, contentType: "image/png", sha256: sha256(Buffer.from("x")) };
    await assert.rejects(blobs.put(wrong), { name: "BadDigest" });
    assert.equal(await blobs.find("wrong"), undefined);
    assert.equal(await blobs.read("missing", 10), undefined);
  });

  it("answers ranges as S3 does", async () => {
    await upload(await presign());
    const { url } = await blobs.presignGet({ key, seconds: 60 });
    const range = async (value: string) => send("GET", url, { range: value });
    assert.equal((await range("bytes=4-8")).body, "bytes");
    assert.equal((await range("bytes=-7")).body, "picture");
    assert.equal((await range("bytes=15-900")).headers["content-range"], `bytes 15-21/${picture.length}`);
    refused(await range("bytes=900-"), 416, "InvalidRange");
    assert.equal((await range("lines=1-2")).status, 200);
  });

  it("lets pages of the console's origin in, and no other", async () => {
    const { url } = await blobs.presignGet({ key, seconds: 60 });
    const ask = (origin: string, method = "GET") =>
      send("OPTIONS", url, { origin, "access-control-request-method": method });
    assert.equal(
      (await ask("http://127.0.0.1:5173")).headers["access-control-allow-origin"],
      "http://127.0.0.1:5173",
    );
    refused(await ask("http://evil.example"), 403, "AccessForbidden");
    refused(await ask("http://127.0.0.1:5173", "DELETE"), 403, "AccessForbidden");
  });

  it("keeps its objects when it starts again", async () => {
    await upload(await presign());
    await store.stop();
    store = await start();
    blobs = s3Blobs({ bucket, region, endpoint: store.url, credentials });
    assert.equal((await blobs.find(key))?.sha256, sha256(picture));
  });

  it("keeps nothing of an upload that breaks off", async () => {
    const signed = await blobs.presignPut({
      key: "broken",
      bytes: 100_000,
      contentType: "image/jpeg",
      sha256: sha256(picture),
      seconds: 60,
    });
    const outgoing = httpRequest(signed.url, { method: "PUT", headers: signed.headers, agent: false });
    const closed = new Promise<void>((done) => outgoing.on("close", () => done()));
    outgoing.on("error", () => undefined);
    await new Promise<void>((done) => outgoing.write(Buffer.alloc(1000), () => done()));
    outgoing.destroy();
    await closed;
    assert.equal(await blobs.find("broken"), undefined);
  });
});
