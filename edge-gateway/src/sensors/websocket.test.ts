import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { WebSocket } from "ws";
import { framePacket, renderCenti, roomView } from "../../testing/device-frames.ts";
import { openTestSite, type TestSite } from "../../testing/sensing-site.ts";

async function connect(site: TestSite, token?: string) {
  const port = site.sensing.websocketAddress?.port;
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers });
  await once(socket, "open");
  return {
    socket,
    async say(message: unknown): Promise<unknown> {
      const answered = once(socket, "message");
      socket.send(typeof message === "string" ? message : JSON.stringify(message));
      for (;;) {
        const text = String((await answered)[0]);
        if (text.startsWith("{")) return JSON.parse(text);
      }
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}

const quietSchedule = {
  schedule: { mode: "on_demand", requestEverySeconds: 86_400, eepromEverySeconds: 604_800 },
};

describe("the WebSocket listener", () => {
  it("acknowledges each message once it was judged", async () => {
    await using site = await openTestSite({ websocketPort: 0, ...quietSchedule });
    // The commands of a new device come first: wait until they have, so that what follows are answers.
    using device = await connect(site);
    site.clock.move(1_000);
    await once(device.socket, "message");
    site.clock.move(1_000);
    await once(device.socket, "message");
    assert.deepEqual(await device.say({ id: 1, type: "hello", serial: "W1", location: "lab" }), {
      ack: 1,
      ok: true,
    });
    assert.deepEqual(await device.say({ id: "b", type: "sensor", adc1: 269, digital: 0 }), {
      ack: "b",
      ok: true,
    });
    const hex = renderCenti(roomView(24)).toString("hex");
    assert.deepEqual(await device.say({ type: "frame", hex }), { ok: true });
    assert.deepEqual(await device.say(framePacket(renderCenti(roomView(24))).toString("latin1")), {
      ok: true,
    });
    const [state] = site.sensing.devices();
    assert.deepEqual(
      [state?.device, state?.place, state?.transport, state?.counters.packets],
      ["W1", "lab", "websocket", 3],
    );
  });

  it("says what is wrong with a message, and keeps the connection", async () => {
    await using site = await openTestSite({ websocketPort: 0, ...quietSchedule });
    using device = await connect(site);
    site.clock.move(1_000);
    await once(device.socket, "message");
    site.clock.move(1_000);
    await once(device.socket, "message");
    assert.deepEqual(await device.say("#Sensor:ADC1=5000!"), { ok: false, error: "1 malformed" });
    assert.deepEqual(await device.say("{"), { ok: false, error: "no JSON" });
    const refused = await device.say({ id: 9, type: "sensor", adc1: "x" });
    assert.match(JSON.stringify(refused), /"ack":9,"ok":false,"error":".*expected number/);
    assert.deepEqual(await device.say({ id: 10, type: "sensor", adc1: 1 }), { ack: 10, ok: true });
  });

  it("takes the token as a bearer, and ends a connection that has a wrong one", async () => {
    await using site = await openTestSite({ websocketPort: 0, token: "correct-horse", ...quietSchedule });
    using stranger = await connect(site, "battery-staple");
    await once(stranger.socket, "close");
    using device = await connect(site, "correct-horse");
    device.socket.send("#Sensor:ADC1=1!");
    await once(device.socket, "message");
    assert.equal(site.sensing.counters().packets, 1);
  });
});
