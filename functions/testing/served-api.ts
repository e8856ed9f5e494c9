/**
 * The API on a port of the loopback interface, over a real database and the local object store with its signature gate.
 * What stands between a client and it can be made to fail.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { type Binding, s3Blobs } from "@vigil/core/platform/aws";
import type { Blobs } from "@vigil/core/platform/blobs";
import { systemClock } from "@vigil/core/platform/clock";
import { createTestDatabase, type TestDatabase } from "../../packages/core/testing/database.ts";
import { createTestServices } from "../../packages/core/testing/services.ts";
import { type ObjectStore, startObjectStore } from "../../scripts/local/object-store/index.ts";
import { createApp } from "../src/app.ts";
import { signIn } from "./api.ts";

export type ServedApi = {
  url: string;
  base: TestDatabase;
  blobs: Blobs;
  objects: ObjectStore;
  /** What happens to requests on their way; unset lets all pass. */
  way: {
    /** An answer of somebody else, instead of the API's. Throws to break the connection. */
    before?: ((request: Request) => Response | undefined | Promise<Response | undefined>) | undefined;
    /** The API has done its work; another answer, or a broken connection. */
    after?: ((request: Request, answer: Response) => Response | Promise<Response>) | undefined;
  };
  close(): Promise<void>;
};

const credentials = { accessKeyId: "local", secretAccessKey: "of the tests" };
const storage = { bucket: "vigil-evidence", region: "auto", credentials };

export type ServedApiOptions = {
  /** Whether the store checks what is uploaded. */
  checks?: "all" | "none";
  /** What binds an upload's URL to its content. */
  binding?: Binding;
};

export async function serveApi({
  checks = "all",
  binding = "checksum",
}: ServedApiOptions = {}): Promise<ServedApi> {
  const dataDir = await mkdtemp(join(tmpdir(), "vigil-served-"));
  const [base, objects] = await Promise.all([
    createTestDatabase(),
    startObjectStore({ dataDir, ...storage, checks }),
  ]);
  const services = {
    ...createTestServices(base),
    clock: systemClock,
    blobs: s3Blobs({ ...storage, endpoint: objects.url, binding }),
  };
  const app = createApp(services, { signIn });
  const way: ServedApi["way"] = {};
  const fetch = async (request: Request): Promise<Response> => {
    const early = await way.before?.(request);
    if (early) return early;
    const answer = await app.fetch(request);
    return way.after ? way.after(request, answer) : answer;
  };
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = serve({ fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => resolve(port));
  return {
    url: `http://127.0.0.1:${await promise}`,
    base,
    blobs: services.blobs,
    objects,
    way,
    async close() {
      await new Promise((done) => server.close(done));
      await objects.stop();
      await base.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
