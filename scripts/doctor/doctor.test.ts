/** Faults that are planted one by one into an environment that is right: the doctor finds each, and nothing else. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { createSigningKey, publicKeyOf } from "@vigil/core/review/job-signature";
import { createTestDatabase, type TestDatabase } from "../../packages/core/testing/database.ts";
import { type MailCatcher, startMailCatcher } from "../local/mail-catcher.ts";
import { type ObjectStore, startObjectStore } from "../local/object-store/index.ts";
import { type Queues, startQueues } from "../local/queues.ts";
import { examine } from "./examine.ts";
import { examineDatabase } from "./examine-database.ts";
import type { Environment } from "./examine-environment.ts";
import type { Area } from "./fault.ts";

const region = "eu-west-2";
const credentials = { accessKeyId: "local", secretAccessKey: "of the doctor's test" };

/** On a free port of the loopback interface. */
async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("the doctor", () => {
  let folder: string;
  let base: TestDatabase;
  let queues: Queues;
  let hasty: Queues;
  let objects: ObjectStore;
  let mail: MailCatcher;
  let right: Environment;
  const servers: Server[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-doctor-"));
    [base, queues, hasty, objects, mail] = await Promise.all([
      createTestDatabase(),
      startQueues({ region, credentials }),
      startQueues({ region, credentials, visibilitySeconds: 30 }),
      startObjectStore({ dataDir: join(folder, "objects"), bucket: "evidence", region: "auto", credentials }),
      startMailCatcher({ folder: join(folder, "mail") }),
    ]);
    const signingKey = createSigningKey();
    right = {
      DATABASE_URL: base.appUrl,
      DATABASE_CONNECTIONS_MAX: "2",
      AWS_REGION: region,
      ...queueUrls(queues),
      SQS_ENDPOINT: queues.endpoint,
      SQS_ACCESS_KEY_ID: credentials.accessKeyId,
      SQS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      EVIDENCE_BUCKET: "evidence",
      EVIDENCE_ENDPOINT: objects.url,
      EVIDENCE_ACCESS_KEY_ID: credentials.accessKeyId,
      EVIDENCE_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      DELIVERY_SECRET: randomBytes(32).toString("hex"),
      SIGN_IN_SECRET: randomBytes(32).toString("hex"),
      SCRAPER_KEY: randomBytes(24).toString("hex"),
      CONSOLE_ORIGIN: "https://console.example.com",
      JOB_SIGNING_KEY: signingKey,
      JOB_PUBLIC_KEYS: publicKeyOf(signingKey),
      SMTP_URL: mail.smtpUrl,
      MAIL_FROM: "Vigil <vigil@example.com>",
    };
  });
  after(async () => {
    for (const server of servers) server.close();
    await Promise.all([queues.stop(), hasty.stop(), objects.stop(), mail.stop()]);
    await base.close();
    await rm(folder, { recursive: true, force: true });
  });

  function queueUrls({ urls }: Queues): Environment {
    return {
      PRIORITY_QUEUE_URL: urls["vigil-priority"],
      STANDARD_QUEUE_URL: urls["vigil-standard"],
      BULK_QUEUE_URL: urls["vigil-bulk"],
      SESSION_QUEUE_URL: urls["vigil-session"],
      DELIVERY_QUEUE_URL: urls["vigil-delivery"],
      DEAD_LETTER_QUEUE_URL: urls["vigil-dead-letter"],
    };
  }

  type Planted = { env?: Environment; aheadMs?: number; apiUrl?: string };

  async function faultsWith({ env = {}, aheadMs = 0, apiUrl }: Planted) {
    const now = () => new Date(Date.now() + aheadMs);
    const { faults } = await examine({ env: { ...right, ...env }, apiUrl, now });
    for (const { what, next } of faults) assert.ok(what.length > 5 && next.length > 5);
    return faults;
  }

  it("finds nothing wrong where nothing is", async () => {
    assert.deepEqual(await faultsWith({}), []);
  });

  const another = (url: string | undefined, change: (url: URL) => void) => {
    const changed = new URL(url ?? "");
    change(changed);
    return changed.href;
  };

  /** What is planted, where it is found, and by what words. */
  const plants: [string, () => Planted, Area, RegExp][] = [
    [
      "a variable that is missing",
      () => ({ env: { SESSION_QUEUE_URL: undefined } }),
      "environment",
      /^SESSION_QUEUE_URL/,
    ],
    [
      "a key that is none",
      () => ({ env: { JOB_SIGNING_KEY: "bm8ga2V5" } }),
      "environment",
      /^JOB_SIGNING_KEY/,
    ],
    [
      "a key that workers do not know",
      () => ({ env: { JOB_PUBLIC_KEYS: publicKeyOf(createSigningKey()) } }),
      "environment",
      /workers refuse every job/,
    ],
    [
      "two secrets that are one",
      () => ({ env: { SIGN_IN_SECRET: right.DELIVERY_SECRET } }),
      "environment",
      /are the same/,
    ],
    [
      "a console without TLS",
      () => ({ env: { CONSOLE_ORIGIN: "http://console.example.com" } }),
      "environment",
      /https alone/,
    ],
    [
      "receivers on private addresses",
      () => ({ env: { LOCAL_RECEIVERS: "true" } }),
      "environment",
      /private/,
    ],
    [
      "keys of push that are no pair",
      () => ({
        env: {
          VAPID_PUBLIC_KEY: randomBytes(65).toString("base64url"),
          VAPID_PRIVATE_KEY: randomBytes(32).toString("base64url"),
          VAPID_SUBJECT: "mailto:ops@example.com",
        },
      }),
      "environment",
      /no pair/,
    ],
    [
      "a database that is not there",
      () => ({ env: { DATABASE_URL: "postgres://vigil_app:x@127.0.0.1:1/vigil" } }),
      "database",
      /could not be asked/,
    ],
    [
      "a wrong password",
      () => ({ env: { DATABASE_URL: another(right.DATABASE_URL, (url) => (url.password = "wrong")) } }),
      "database",
      /password/,
    ],
    [
      "the owner's role",
      () => ({ env: { DATABASE_URL: base.ownerUrl } }),
      "database",
      /read past row-level security/,
    ],
    ["a clock that is wrong", () => ({ aheadMs: 600_000 }), "database", /behind this machine's/],
    [
      "a queue that does not exist",
      () => ({ env: { BULK_QUEUE_URL: `${right.BULK_QUEUE_URL}-old` } }),
      "queues",
      /^BULK_QUEUE_URL could not be asked/,
    ],
    [
      "a queue in another's place",
      () => ({ env: { STANDARD_QUEUE_URL: right.PRIORITY_QUEUE_URL } }),
      "queues",
      /name one queue/,
    ],
    [
      "jobs that come back too soon",
      () => ({ env: { SQS_ENDPOINT: hasty.endpoint, ...queueUrls(hasty) } }),
      "queues",
      /comes back after 30 s/,
    ],
    [
      "a queue whose dead letters nobody reads",
      () => ({ env: { DEAD_LETTER_QUEUE_URL: right.BULK_QUEUE_URL } }),
      "queues",
      /which nobody reads/,
    ],
    ["another bucket", () => ({ env: { EVIDENCE_BUCKET: "evidense" } }), "evidence", /could not be asked/],
    [
      "a key that the store does not know",
      () => ({ env: { EVIDENCE_SECRET_ACCESS_KEY: "another" } }),
      "evidence",
      /could not be asked/,
    ],
    [
      "a mail server that is not there",
      () => ({ env: { SMTP_URL: "smtp://127.0.0.1:1" } }),
      "telling",
      /could not be asked/,
    ],
    ["an API that is not there", () => ({ apiUrl: "http://127.0.0.1:1" }), "API", /could not be asked/],
  ];
  for (const [name, plant, area, words] of plants) {
    it(`finds ${name}, and says what to do`, async () => {
      const faults = await faultsWith(plant());
      assert.ok(
        faults.some((fault) => fault.area === area && words.test(fault.what)),
        JSON.stringify(faults),
      );
    });
  }

  it("finds a migration that is missing", async () => {
    await base.owner`alter table digest rename column words to words_before`;
    try {
      const [fault] = await faultsWith({});
      assert.match(fault?.what ?? "", /digest\.words/);
      assert.match(fault?.next ?? "", /prepare-database/);
    } finally {
      await base.owner`alter table digest rename column words_before to words`;
    }
  });

  it("finds a table that does not keep accounts apart", async () => {
    await base.owner`alter table session disable row level security`;
    try {
      const [fault, ...others] = await faultsWith({});
      assert.match(fault?.what ?? "", /row-level security is off on session/);
      assert.deepEqual(others, []);
    } finally {
      await base.owner`alter table session enable row level security`;
    }
  });

  it("finds more connections than the server takes", async () => {
    const [fault, ...others] = await examineDatabase({
      url: base.appUrl,
      connectionsMax: 50_000,
      now: () => new Date(),
    });
    assert.match(fault?.what ?? "", /may open 50000 connections, and the server takes \d+ in all/);
    assert.deepEqual(others, []);
  });

  it("finds a bucket that anybody can read", async () => {
    const { hostname, port } = new URL(objects.url);
    const open = createServer((asked, answer) => {
      const isSigned = asked.headers.authorization !== undefined;
      if (asked.method === "GET" && !isSigned) {
        answer.end("a picture");
        return;
      }
      const { method, url: path, headers } = asked;
      const passed = request({ hostname, port, method, path, headers }, (given) => {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
      });
      asked.pipe(passed);
    });
    servers.push(open);
    const faults = await faultsWith({ env: { EVIDENCE_ENDPOINT: await listen(open) } });
    assert.deepEqual(
      faults.map(({ what }) => what.split(":")[0]),
      ["anybody can read the bucket"],
    );
  });

  it("finds an API whose metrics anybody reads, and an address that is no API's", async () => {
    const api = createServer((asked, response) => {
      response.setHeader("content-type", "application/json");
      response.end(asked.url === "/healthz" ? `{"status":"ok"}` : "queue_depth_deep_jobs 0");
    });
    const other = createServer((_request, response) => void response.end("<!doctype html>"));
    servers.push(api, other);
    const [open] = await faultsWith({ apiUrl: await listen(api) });
    assert.match(open?.what ?? "", /answers anybody/);
    const [foreign] = await faultsWith({ apiUrl: await listen(other) });
    assert.match(foreign?.what ?? "", /does not answer as Vigil's API does/);
  });
});
