import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { describe, it } from "node:test";
import { type Misdeed, onvifSecrets, startOnvifCamera } from "../../testing/onvif-camera.ts";
import { waitUntil } from "../../testing/wait-until.ts";
import { readAddress } from "../access/read-address.ts";
import { systemClock } from "../clock.ts";
import { discover } from "./discover.ts";
import { followNotices } from "./follow-notices.ts";
import { connectTo, type Notice, type OnvifSource, resolve } from "./index.ts";

const source = (url: string, profile?: string): OnvifSource => ({
  kind: "onvif",
  url,
  events: true,
  ...(profile === undefined ? {} : { profile }),
});
const streamUrl = "rtsp://192.168.77.1:8554/sub?x=1";

describe("an ONVIF camera", () => {
  for (const by of ["ws-security", "http-digest"] as const) {
    it(`says by ${by} where its stream is, whatever its clock says, and the password stays here`, async () => {
      const clockAheadMs = -3 * 365 * 86_400_000;
      await using camera = await startOnvifCamera({ streamUrl, by, clockAheadMs });
      const connected = await connectTo(source(camera.url), systemClock);
      assert.deepEqual(
        connected.profiles.map(({ name, width }) => [name, width]),
        [
          ["main", 1_920],
          ["sub", 640],
          ["tiny", 160],
        ],
      );
      assert.ok(Math.abs((connected.clockAheadMs ?? 0) - clockAheadMs) < 60_000);
      const resolved = await resolve(source(camera.url), systemClock);
      assert.equal(resolved.kind, "stream");
      const { url, credentials } = readAddress("url" in resolved ? resolved.url : "");
      // The host is the one that was configured: no camera sends the gateway, and the password with it, elsewhere.
      assert.equal(url, "rtsp://127.0.0.1:8554/sub?x=1");
      assert.deepEqual(credentials, { username: onvifSecrets.user, password: onvifSecrets.password });
      assert.ok(camera.heard.length >= 5);
      for (const heard of camera.heard) assert.doesNotMatch(heard, /s3cret/);
    });
  }

  it("names the profiles that there are when another one is asked for, and says when the password is wrong", async () => {
    await using camera = await startOnvifCamera({ streamUrl });
    await assert.rejects(
      resolve(source(camera.url, "4k"), systemClock),
      /no profile 4k, but main, sub, tiny/,
    );
    const wrong = camera.url.replace("viewer:", "somebody:");
    await assert.rejects(resolve(source(wrong), systemClock), /name or the password is wrong/);
    const none = `http://127.0.0.1:${camera.port}/onvif/device_service`;
    await assert.rejects(resolve(source(none), systemClock), /wants a name and a password/);
  });

  it("gives single pictures where the address of its stream is none", async () => {
    await using camera = await startOnvifCamera({
      streamUrl: "file:///etc/passwd",
      picture: () => Buffer.of(1),
    });
    const resolved = await resolve(source(camera.url), systemClock);
    assert.equal(resolved.kind, "snapshot");
    await using without = await startOnvifCamera({ streamUrl: "ftp://10.0.0.1/" });
    await assert.rejects(resolve(source(without.url), systemClock), /none of HTTP and RTSP/);
  });

  it("that answers garbage, a flood, a bomb of entities or leads elsewhere is told of, and had again when it is well", async () => {
    await using camera = await startOnvifCamera({ streamUrl });
    const why: [Misdeed, RegExp][] = [
      ["garbage", /no XML|answered/],
      ["huge", /more than 1048576 bytes/],
      ["bomb", /DOCTYPE/],
      ["deep", /deeper than 64/],
      ["redirects", /redirect/],
    ];
    for (const [misdeed, words] of why) {
      camera.misdeed = misdeed;
      await assert.rejects(resolve(source(camera.url), systemClock), (error: Error) => {
        assert.match(error.message, words);
        assert.doesNotMatch(error.message, /s3cret/);
        return true;
      });
    }
    camera.misdeed = "none";
    assert.equal((await resolve(source(camera.url), systemClock)).kind, "stream");
  });
});

describe("what an ONVIF camera says that it sees", () => {
  it("is heard, also after it hung, forgot its subscription, or said nothing for long", async () => {
    await using camera = await startOnvifCamera({ streamUrl });
    const [notices, lost]: [Notice[], string[]] = [[], []];
    const following = followNotices({
      connect: (signal) => connectTo(source(camera.url), systemClock, signal),
      onNotice: (notice) => notices.push(notice),
      onLost: (text) => lost.push(text),
      monotonicMs: () => systemClock.monotonicMs(),
      timings: {
        pullMs: 1_000,
        answerMsMax: 1_000,
        renewEveryMs: 100,
        silentMsMax: 1_000,
        pauseMs: { first: 20, most: 100 },
      },
    });
    const motion = "RuleEngine/CellMotionDetector/Motion";
    try {
      camera.tell(motion, { name: "IsMotion", value: "true" });
      camera.tell("RuleEngine/MyRuleDetector/PeopleDetect", { name: "State", value: "false" });
      camera.tell("Device/Trigger/Relay", { name: "LogicalState", value: "true" });
      camera.tell("RuleEngine/LineDetector/Crossed", { name: "ObjectId", value: "4" });
      await waitUntil(() => notices.length === 3, { what: "three notices" });
      assert.deepEqual(
        notices.map(({ what, isOn }) => [what, isOn]),
        [
          ["motion", true],
          ["person", false],
          ["line crossed", undefined],
        ],
      );
      await waitUntil(() => camera.renewed > 0, { what: "a renewal" });
      await waitUntil(() => camera.subscriptions >= 2, { what: "a new subscription after silence" });
      assert.deepEqual(lost, []);
      assert.ok(camera.unsubscribed >= 1);

      for (const misdeed of ["forgets", "hangs"] as const) {
        const before = following.subscriptions;
        camera.misdeed = misdeed;
        await waitUntil(() => lost.length > 0, { what: `its loss when it ${misdeed}` });
        camera.misdeed = "none";
        await waitUntil(() => following.subscriptions > before, { what: "a new subscription" });
        const heard = notices.length;
        camera.tell(motion, { name: "IsMotion", value: "false" });
        await waitUntil(() => notices.length > heard, { what: "a notice of the new subscription" });
        lost.length = 0;
      }
    } finally {
      await following.stop();
    }
  });
});

describe("looking for cameras", () => {
  it("finds one that answers, and reads nothing of what others send", async () => {
    await using camera = await startOnvifCamera({ streamUrl });
    const ask = async (port: number) =>
      discover({ networks: ["127.0.0.1/8"], to: { address: "127.0.0.1", port }, ms: 500 });
    const found = await ask(await camera.discoverable());
    const url = `http://127.0.0.1:${camera.port}/onvif/device_service`;
    assert.deepEqual(found, [{ url, name: "Front door", hardware: "T1" }]);

    const matches = (addresses: string, id: string) =>
      `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Header><RelatesTo>urn:uuid:${id}</RelatesTo></e:Header><e:Body><ProbeMatches><ProbeMatch><XAddrs>${addresses}</XAddrs></ProbeMatch></ProbeMatches></e:Body></e:Envelope>`;
    const hostile: ((id: string) => string | Buffer)[] = [
      () => Buffer.alloc(2_000, 0xff),
      () => "<x>".repeat(900),
      () => `<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`,
      () => matches("http://127.0.0.1/onvif/other", "somebody-else"),
      // Speaks for another machine.
      (id) => matches("http://169.254.169.254/latest", id),
      (id) => matches("file://127.0.0.1/etc", id),
      (id) => matches("%%% http:// x", id),
      (id) => matches(`http://127.0.0.1/${"x".repeat(20_000)}`, id),
      (id) => matches("http://127.0.0.1:80/onvif/device_service", id),
    ];
    const socket = createSocket("udp4");
    socket.on("message", (bytes, from) => {
      const id = /MessageID>urn:uuid:([^<]+)</.exec(bytes.toString())?.[1] ?? "";
      for (const answer of hostile) socket.send(answer(id), from.port, from.address);
    });
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    try {
      assert.deepEqual(
        (await ask(socket.address().port)).map((one) => one.url),
        ["http://127.0.0.1/onvif/device_service"],
      );
    } finally {
      socket.close();
    }
  });
});
