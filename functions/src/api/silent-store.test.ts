/** The evidence store and the queues accept connections and never answer, or stop in the middle of an answer. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { after, before, describe, it } from "node:test";
import { EventAccepted } from "@vigil/core/event/wire";
import { s3Blobs, sqsQueue } from "@vigil/core/platform/aws";
import { jpeg } from "../../../packages/core/testing/images.ts";
import {
  announced,
  createTestApi,
  eventAt,
  multipart,
  problemOf,
  signIn,
  type TestApi,
} from "../../testing/api.ts";
import { createApp } from "../app.ts";

const callMsMax = 300;
/** Generous: a request makes several calls, and the machine may be busy. Without a bound none of them ever ended. */
const answeredMsMax = 30_000;

describe("a store that never answers", () => {
  let api: TestApi;
  let silent: Server;
  const sockets = new Set<Socket>();
  /** What the other side says before it falls silent. */
  let says = "";
  let app: ReturnType<typeof createApp>;
  before(async () => {
    api = await createTestApi();
    silent = createServer((socket) => {
      sockets.add(socket.on("error", () => undefined));
      socket.on("data", () => says !== "" && socket.write(says));
    });
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const outside = {
      region: "eu-west-2",
      endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      credentials: { accessKeyId: "test", secretAccessKey: "secret" },
      callMsMax,
    };
    const queue = sqsQueue({ ...outside, url: `${outside.endpoint}/1/queue` });
    const services = {
      ...api.services,
      blobs: s3Blobs({ ...outside, bucket: "evidence" }),
      sessionsDue: queue,
      deliveries: queue,
      jobs: { priority: queue, standard: queue },
    };
    app = createApp(services, { signIn });
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    silent.close();
    await api.close();
  });

  async function post(path: string, body?: string | FormData): Promise<Response> {
    const began = performance.now();
    const answer = await app.request(path, {
      method: "POST",
      headers: {
        authorization: `Bearer ${api.account("pro").deviceKey}`,
        ...(typeof body === "string" ? { "content-type": "application/json" } : {}),
      },
      ...(body === undefined ? {} : { body }),
    });
    assert.ok(performance.now() - began < answeredMsMax);
    return answer;
  }

  it("records a smoke event with its pictures as announced", { timeout: 60_000 }, async () => {
    says = "";
    const event = eventAt(api.services.clock.now(), { type: "smoke" });
    const answer = await post("/v1/events", multipart(event, { "a.jpg": await jpeg(41) }));
    assert.equal(answer.status, 202);
    const { status, uploads } = EventAccepted.parse(await answer.json());
    assert.equal(status, "accepted");
    assert.deepEqual(
      uploads.map(({ name }) => name),
      ["a.jpg"],
    );
  });

  for (const [name, text] of [
    ["nothing", ""],
    [
      "the head of the object and no more",
      "HTTP/1.1 200 OK\r\nContent-Length: 400\r\nContent-Type: image/jpeg\r\n\r\n",
    ],
  ] as const) {
    it(`answers 503 and when to come back where it says ${name}`, { timeout: 60_000 }, async () => {
      says = "";
      const evidence = [{ ...announced("a.jpg", await jpeg(42)), bytes: 400 }];
      const event = eventAt(api.services.clock.now(), { evidence });
      const { id } = EventAccepted.parse(await (await post("/v1/events", JSON.stringify(event))).json());
      says = text;
      const answer = await post(`/v1/events/${id}/seal`);
      assert.equal(answer.status, 503);
      assert.ok(Number(answer.headers.get("retry-after")) > 0);
      assert.equal((await problemOf(answer)).code, "unavailable");
    });
  }
});
