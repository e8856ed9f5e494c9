/** A session of Frigate's, written from its documentation of `frigate/reviews` and of `/api/events/ID/snapshot.jpg`. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import mqtt from "mqtt";
import { startBroker } from "../../testing/broker.ts";
import { waitUntil } from "../../testing/wait-until.ts";
import { systemClock } from "../clock.ts";
import { createLog } from "../log.ts";
import type { Heard, NewEvidence } from "../store/item.ts";
import { openFrigate } from "./frigate.ts";

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 0xff, 0xd9]);

function review(type: "new" | "update" | "end", number: number, objects: string[]) {
  const detection = `${number}.308396-fqk5ka`;
  const of = {
    id: `${number}.308396-fqk5ka`,
    camera: "front_cam",
    start_time: Date.now() / 1_000 - 2,
    end_time: type === "end" ? Date.now() / 1_000 : null,
    severity: "alert",
    thumb_path: `/media/frigate/clips/review/thumb-front_cam-${number}.webp`,
    data: { detections: [detection], objects, sub_labels: [], zones: ["porch"], audio: [] },
  };
  return JSON.stringify({ type, before: of, after: of });
}

describe("Frigate", () => {
  it("tells one event for each incident, with its picture, also when everything is said again after a reconnect", async () => {
    let asked = 0;
    const api = createServer(({ url }, response) => {
      asked++;
      // The first time it is not written yet.
      const isThere = asked > 1 && /^\/api\/events\/\d+\.308396-fqk5ka\/snapshot\.jpg$/.test(url ?? "");
      response.writeHead(isThere ? 200 : 404).end(isThere ? jpeg : "");
    }).listen(0, "127.0.0.1");
    await waitUntil(() => api.listening, { what: "the API" });
    const events: { heard: Heard; evidence: NewEvidence[] }[] = [];
    let broker = await startBroker();
    const { port } = new URL(broker.url);
    const frigate = openFrigate({
      config: {
        url: broker.url,
        topic: "frigate",
        api: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
      },
      clock: systemClock,
      log: createLog({ level: "silent" }),
      onEvent: (event) => events.push(event),
      waitMs: 1,
    });
    let speaker = await mqtt.connectAsync(broker.url);
    const say = (payload: string, retain = false) =>
      speaker.publishAsync("frigate/reviews", payload, { qos: 1, retain });
    // Said until somebody has subscribed: a broker keeps nothing for those who come later.
    const session = async () => {
      await say(review("new", 1, []));
      await say(review("new", 1, ["car"]));
      await say(review("update", 1, ["car", "person-verified"]));
      await say(review("end", 1, ["car", "person-verified"]));
      await say(review("new", 2, ["dog"]));
    };
    try {
      await waitUntil(() => frigate.isConnected, { what: "its connection" });
      await waitUntil(async () => (await session(), events.length >= 2), { what: "two events" });
      assert.deepEqual(
        new Set(
          events.map(({ heard }) => `${heard.type} ${heard.zone} ${String(heard.attributes["review"])}`),
        ),
        new Set(["vehicle porch 1.308396-fqk5ka", "animal porch 2.308396-fqk5ka"]),
      );
      assert.ok(events.every(({ evidence }) => jpeg.equals(Buffer.from(evidence[0]?.bytes ?? []))));

      await speaker.endAsync(true);
      await broker[Symbol.asyncDispose]();
      await waitUntil(() => !frigate.isConnected, { what: "the broker's end" });
      broker = await startBroker(Number(port));
      await waitUntil(() => frigate.isConnected, { what: "its return" });
      speaker = await mqtt.connectAsync(broker.url);
      for (const hostile of [
        "",
        "{",
        "[]",
        "null",
        JSON.stringify({ type: "new", after: { id: "../../x" } }),
      ]) {
        await say(hostile);
      }
      await waitUntil(
        async () => (await session(), await say(review("new", 3, ["person"])), events.length >= 3),
        { what: "a third" },
      );
      await session();
      assert.deepEqual(events.map(({ heard }) => heard.type).toSorted(), ["animal", "person", "vehicle"]);
    } finally {
      await frigate.stop();
      await speaker.endAsync(true);
      await broker[Symbol.asyncDispose]();
      api.closeAllConnections();
      api.close();
    }
  });
});
