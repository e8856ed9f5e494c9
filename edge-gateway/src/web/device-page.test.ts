import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { eepromPacket, framePacket, makeEeprom, renderFrame, roomView } from "../../testing/device-frames.ts";
import { noCameras } from "../../testing/no-cameras.ts";
import { openTestSite } from "../../testing/sensing-site.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { createLog } from "../log.ts";
import { openWeb } from "./index.ts";

const eeprom = makeEeprom();

describe("a device's page", () => {
  it("lets a person gather a baseline, see what it would change, approve it, and call the air clean", async () => {
    using folder = temporaryFolder();
    await using site = await openTestSite({ stateDir: folder.path });
    const web = await openWeb({
      host: "127.0.0.1",
      port: 0,
      site: "shop-1",
      timeZone: "UTC",
      clock: site.clock,
      status: () => Promise.reject(new Error("the overview is not asked for")),
      sensing: site.sensing,
      cameras: noCameras,
      log: createLog({ level: "silent" }),
    });
    const at = (path: string) => new URL(`/devices/S1${path}`, web.url);
    const get = async (path: string) => (await fetch(at(path))).text();
    const post = async (path: string, form: Record<string, string>) =>
      (
        await fetch(at(path), {
          method: "POST",
          headers: { origin: new URL(web.url).origin },
          body: new URLSearchParams(form),
          redirect: "manual",
        })
      ).status;
    const picture = async (path: string) => Buffer.from(await (await fetch(at(path))).arrayBuffer());
    const device = await site.connect();
    await device.say(`#serialno:S1!${eepromPacket(eeprom).toString("latin1")}`);
    const playMinute = async (celsius: number) => {
      for (let second = 0; second < 61; second++) {
        site.clock.move(1_000);
        const view = roomView(24, second + 1);
        view[100] = celsius;
        await device.say(
          `#Sensor:ADC1=269,ADC3=400!${framePacket(renderFrame(eeprom, view)).toString("latin1")}`,
          2,
        );
      }
    };
    try {
      await playMinute(30);
      assert.match(await get(""), /The air is <strong>good<\/strong>.*co2 3, co /);
      assert.equal(await post("/baseline", { verdict: "propose", by: "owner", why: "summer" }), 303);
      await playMinute(30);
      const proposed = await get("");
      assert.match(proposed, /candidate\.png/);
      assert.doesNotMatch(proposed, /change\.png/);
      const candidateOf = (page: string) => /name="candidate" value="([^"]+)"/.exec(page)?.[1] ?? "";
      const verdict = { verdict: "approve", candidate: candidateOf(proposed), by: "owner", why: "seen" };
      assert.equal(await post("/baseline", { ...verdict, by: "" }), 422);
      assert.equal(await post("/baseline", verdict), 303);
      assert.equal(await post("/baseline", verdict), 422);

      assert.equal(await post("/baseline", { verdict: "propose", by: "owner", why: "winter" }), 303);
      await playMinute(36);
      const again = await get("");
      assert.match(again, /Approved by owner, .*: seen/);
      assert.match(again, /change\.png/);
      const [difference, change] = [await picture("/difference.png"), await picture("/change.png")];
      for (const png of [difference, change]) assert.equal(png.toString("latin1", 1, 4), "PNG");
      assert.equal(
        await post("/baseline", { ...verdict, verdict: "reject", candidate: candidateOf(again) }),
        303,
      );
      assert.match(await get(""), /rejected by owner: seen/);
      assert.equal((await fetch(at("/change.png"))).status, 404);

      await device.say("#Sensor:ADC3=2600!", 1);
      assert.match(await get(""), /The air is <strong>(?!good)/);
      assert.equal(await post("/air", {}), 303);
      assert.match(await get(""), /The air is <strong>good<\/strong>/);
      assert.equal(await post("/paint", {}), 422);
    } finally {
      await web.stop();
    }
  });
});
