/** The stream as Lambda calls it: a function that streams, cut off and taken up again in another one. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { inAccount } from "@vigil/core/db";
import type { SeededAccount } from "@vigil/core/seed";
import * as Stream from "@vigil/core/stream";
import { createTestDatabase, type TestDatabase } from "../../packages/core/testing/database.ts";
import {
  type BegunAnswer,
  callStreaming,
  offerStreams,
  type StreamingHandler,
} from "../testing/lambda-streams.ts";

describe("the function that streams", () => {
  let base: TestDatabase;
  let account: SeededAccount;
  let handler: StreamingHandler;
  let close: () => Promise<void>;

  before(async () => {
    base = await createTestDatabase();
    const found = base.seeded.accounts.find(({ tier }) => tier === "pro");
    assert.ok(found);
    account = found;
    const queue = "http://queues.test/";
    Object.assign(process.env, {
      DATABASE_URL: base.appUrl,
      DATABASE_CONNECTIONS_MAX: "1",
      AWS_REGION: "eu-west-2",
      ...Object.fromEntries(
        ["PRIORITY", "STANDARD", "BULK", "SESSION", "DELIVERY", "DEAD_LETTER"].map((name) => [
          `${name}_QUEUE_URL`,
          queue,
        ]),
      ),
      EVIDENCE_BUCKET: "vigil-evidence",
      DELIVERY_SECRET: "a-secret-of-the-tests-that-is-long-enough",
      SIGN_IN_SECRET: "a-secret-of-sign-in-that-is-long-enough",
      CONSOLE_ORIGIN: "http://console.test",
      JOB_SIGNING_KEY: generateKeyPairSync("ed25519")
        .privateKey.export({ type: "pkcs8", format: "der" })
        .toString("base64"),
      LOG_LEVEL: "silent",
    });
    offerStreams();
    const [streaming, { fromEnvironment }] = await Promise.all([
      import("./stream-lambda.ts"),
      import("./services.ts"),
    ]);
    handler = streaming.handler as unknown as StreamingHandler;
    close = () => fromEnvironment().services.database.close();
  });
  after(async () => {
    await close();
    await base.close();
  });

  const append = (subject: string) =>
    inAccount(base.database, account.accountId, (tx) =>
      Stream.append(tx, {
        accountId: account.accountId,
        kind: "digest",
        subject,
        detail: {},
        at: new Date(),
      }),
    );

  /** As a function URL hands a request on. */
  const follow = (headers: Record<string, string>, path = "/v1/digests/stream") =>
    callStreaming(handler, {
      version: "2.0",
      rawPath: path,
      rawQueryString: "",
      headers: { host: "stream.test", ...headers },
      requestContext: { domainName: "stream.test", http: { method: "GET", path } },
      isBase64Encoded: false,
    });

  /** Reads until `isEnough`, and goes away. */
  async function readUntil({ body, ended }: BegunAnswer, isEnough: (text: string) => boolean) {
    let text = "";
    for await (const bytes of body) {
      text += String(bytes);
      if (isEnough(text)) break;
    }
    body.destroy();
    // It finds out with the next thing that it has to tell.
    await append("dig_after");
    await ended;
    return text;
  }

  it("tells a page what happens, with headers of the answer and none of a connection", async () => {
    const answer = await follow({ authorization: `Bearer ${account.memberToken}` });
    assert.equal(answer.statusCode, 200);
    assert.match(answer.headers["content-type"] ?? "", /^text\/event-stream/);
    assert.equal(answer.headers["transfer-encoding"], undefined);
    assert.equal(answer.headers["connection"], undefined);
    let isWritten = false;
    const text = await readUntil(answer, (so) => {
      if (!isWritten && so.includes("event: start")) {
        isWritten = true;
        void append("dig_first");
      }
      return so.includes("dig_first");
    });
    const id = /event: digest\n.*\nid: (\d+)/.exec(text)?.[1] ?? "";
    await append("dig_meanwhile");
    const resumed = await follow({ authorization: `Bearer ${account.memberToken}`, "last-event-id": id });
    const rest = await readUntil(resumed, (so) => so.includes("dig_meanwhile"));
    assert.ok(!rest.includes("dig_first"), "nothing comes twice");
  });

  it("refuses whoever has no key, and answers nothing else", async () => {
    for (const [path, status] of [
      ["/v1/digests/stream", 401],
      ["/v1/account", 404],
    ] as const) {
      const answer = await follow({}, path);
      assert.equal(answer.statusCode, status);
      assert.match(answer.headers["content-type"] ?? "", /problem\+json/);
      answer.body.resume();
      await answer.ended;
    }
  });
});
