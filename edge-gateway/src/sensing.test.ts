import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import {
  eepromPacket,
  framePacket,
  heatPixel,
  makeEeprom,
  renderFrame,
  roomView,
} from "../testing/device-frames.ts";
import { openTestSite, type TestSite } from "../testing/sensing-site.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { waitUntil } from "../testing/wait-until.ts";

const recorded = fileURLToPath(new URL("../../../shared/sensors", import.meta.url));
const skip = existsSync(recorded) ? false : "../shared/sensors is not there";
const quiet = "#Sensor:ADC1=269,ADC2=1296,ADC3:=1,DIO=0!\r\n";
const eeprom = makeEeprom();

/** Frames of a room in which, from the tenth on, one cell is heated by 2 K a second. */
async function playHeating(site: TestSite, frames: number): Promise<number | undefined> {
  const device = await site.connect();
  device.socket.write(eepromPacket(eeprom, "1234"));
  for (let frame = 0; frame < frames; frame++) {
    const view = roomView(24, frame + 1);
    if (frame >= 10) view[400] = 24 + 2 * (frame - 9);
    site.clock.move(1_000);
    await device.say(framePacket(renderFrame(eeprom, view), "1234"), 1);
    if (site.alarms.length > 0) return frame - 9;
  }
  return undefined;
}

describe("sensing", () => {
  it("raises an alarm within three frames of an object being heated, and says why", async () => {
    await using site = await openTestSite();
    const frames = await playHeating(site, 13);
    assert.ok(frames !== undefined && frames <= 3, `after ${frames} frames`);
    const [alarm] = site.alarms;
    assert.deepEqual([alarm?.state, alarm?.kind, alarm?.device], ["opened", "heat", "127.0.0.1"]);
    assert.match(alarm?.reasons[0]?.text ?? "", /1 cell is being heated: .* K\/s in row 13, column 17/);
    assert.equal(alarm?.reasons[0]?.reading.channel, "thermal");
    assert.equal(alarm?.thermal?.decode, "mlx90640");
    assert.ok((alarm?.probability ?? 2) <= 1);
    assert.equal(site.sensing.devices()[0]?.openEpisode?.episode, alarm?.episode);
  });

  it("clears an alarm once nothing speaks for it any more, under the same episode", async () => {
    await using site = await openTestSite();
    await playHeating(site, 13);
    site.clock.move(60_000);
    await waitUntil(() => site.alarms.at(-1)?.state === "cleared", { what: "the alarm to clear" });
    assert.equal(site.alarms.at(-1)?.episode, site.alarms[0]?.episode);
  });

  it("calls smoke and heat of two devices in one place one fire", async () => {
    await using site = await openTestSite({
      devices: [
        { key: "A", place: "kitchen" },
        { key: "B", place: "kitchen" },
      ],
    });
    const [one, other] = [await site.connect(), await site.connect()];
    await one.say(`#serialno:A!${quiet}`, 1);
    await other.say(`#serialno:B!${eepromPacket(eeprom).toString("latin1")}`);
    for (let second = 0; second < 8; second++) {
      site.clock.move(1_000);
      const view = roomView(24, second + 1);
      if (second > 3) for (const cell of [100, 101, 132, 133]) view[cell] = 70;
      await one.say(`#Sensor:ADC1=${second > 1 ? 1_300 : 269}!`, 1);
      await other.say(framePacket(renderFrame(eeprom, view)), 1);
    }
    const fire = site.alarms.find(({ kind }) => kind === "fire");
    assert.equal(fire?.place, "kitchen");
    assert.equal(fire?.level, "critical");
    assert.deepEqual(new Set(fire?.reasons.map(({ reading }) => reading.device)), new Set(["A", "B"]));
    assert.equal(new Set(site.alarms.map(({ episode }) => episode)).size, 1);
    assert.match(fire?.mitigations[0] ?? "", /everybody out/);
  });

  it("keeps two devices behind one address apart, and each with what it called itself", async () => {
    await using site = await openTestSite();
    const [one, other, third] = [await site.connect(), await site.connect(), await site.connect()];
    await one.say(`#serialno:S1!#locid:attic!${quiet}`, 1);
    await other.say(quiet, 1);
    await third.say(quiet, 1);
    const names = site.sensing.devices().map(({ device, place }) => `${device} in ${place}`);
    assert.deepEqual(names, ["S1 in attic", "127.0.0.1 in 127.0.0.1", "127.0.0.1-2 in 127.0.0.1-2"]);
  });

  it("counts the prefix of a packet as a place only where one is registered under it", async () => {
    using folder = temporaryFolder();
    const devices = [{ key: "1234", place: "engine room" }];
    await using site = await openTestSite({ devices, stateDir: folder.path });
    const device = await site.connect();
    await device.say("#Sensor77:ADC1=5!", 1);
    assert.equal(site.sensing.devices()[0]?.place, "127.0.0.1");
    await device.say("#Sensor1234:ADC1=5!", 1);
    assert.equal(site.sensing.devices()[0]?.place, "engine room");
    await site.sensing.places.load("key,place\r\n127.0.0.1,hall\r\n1234,bay\r\n", "csv");
    assert.equal(site.sensing.devices()[0]?.place, "engine room", "the configuration stands above a list");
  });

  it("gives a serial number that is taken to the newcomer once its holder has fallen silent", async () => {
    await using site = await openTestSite();
    const [one, other] = [await site.connect(), await site.connect()];
    await one.say(`#serialno:S1!${quiet}`, 1);
    await other.say(`#serialno:S1!${quiet}`, 1);
    assert.deepEqual(
      site.sensing.devices().map(({ device }) => device),
      ["S1", "S1-2"],
    );
    assert.equal(site.faults.at(-1)?.code, "serial_taken");
    site.clock.move(10_000);
    await one.closed;
    await other.say(quiet, 1);
    assert.equal(site.sensing.devices().find(({ device }) => device === "S1")?.counters.packets, 2);
  });

  it("keeps the connection of a device that sends nonsense, counts it and notes 80 characters of it", async () => {
    using folder = temporaryFolder();
    await using site = await openTestSite({ malformedLogDir: folder.path });
    const device = await site.connect();
    await device.say(`#Sensor:ADC1=x!#frame:${"A".repeat(500)}!\r\n${quiet}`, 1);
    assert.deepEqual(site.sensing.counters().malformed, { value: 1, length: 1 });
    assert.equal(site.sensing.counters().connections, 1);
    await site.sensing.close();
    const noted = await readFile(join(folder.path, "malformed.log"), "utf8");
    assert.match(noted, /127\.0\.0\.1 value "#Sensor:ADC1=x"\n.* length "#frame:A{73}"\n/);
  });

  it("refuses an address that is not on the list", async () => {
    await using site = await openTestSite({ allow: ["192.0.2.0/24"] });
    await (await site.connect()).closed;
    assert.equal(site.sensing.counters().refusedConnections, 1);
    assert.match(site.faults[0]?.text ?? "", /127\.0\.0\.1 was refused: its address/);
  });

  it("hears a device only after its token, and ends one that says another or none", async () => {
    await using site = await openTestSite({ token: "correct horse" });
    const [good, wrong, silent] = [await site.connect(), await site.connect(), await site.connect()];
    await good.say(`#token:correct horse!${quiet}`, 1);
    wrong.socket.write(`#token:battery staple!${quiet}`);
    silent.socket.write(quiet);
    await Promise.all([wrong.closed, silent.closed]);
    assert.equal(site.sensing.counters().packets, 1);
    assert.equal(site.sensing.counters().refusedConnections, 2);
  });

  it("tells a new device to send, and asks for its calibration, bare and a second apart", async () => {
    await using site = await openTestSite();
    const device = await site.connect();
    await waitUntil(() => device.heard().length > 0, { what: "the first command" });
    assert.equal(device.heard(), "PERIOD_ON");
    site.clock.move(1_000);
    await waitUntil(() => device.heard().length > "PERIOD_ON".length, { what: "the second command" });
    assert.equal(device.heard(), "PERIOD_ONEEPROM1");
  });

  it("remembers what it learned of a device over a restart: its first frame is read in true degrees", async () => {
    using folder = temporaryFolder();
    const stateDir = folder.path;
    {
      await using site = await openTestSite({ stateDir });
      await (await site.connect()).say(`#serialno:S/1!${eepromPacket(eeprom).toString("latin1")}${quiet}`, 1);
    }
    assert.deepEqual(await readdir(stateDir), ["S%2F1.json"]);
    await using site = await openTestSite({ stateDir });
    const device = await site.connect();
    await device.say("#serialno:S/1!");
    await device.say(framePacket(renderFrame(eeprom, roomView(24))), 1);
    assert.equal(site.sensing.devices()[0]?.decode?.as, "mlx90640");
  });

  it("drops the oldest readings while nobody takes them, and counts them by device", async () => {
    const taking = Promise.withResolvers<void>();
    let told = 0;
    await using site = await openTestSite({}, (batch) => {
      told += batch.length;
      return taking.promise;
    });
    const device = await site.connect();
    await device.say("#Sensor:ADC1=1!".repeat(13_000), 13_000);
    const { queuedReadings, droppedReadings, readings } = site.sensing.counters();
    assert.deepEqual([queuedReadings, readings], [10_000, 13_000]);
    assert.equal(droppedReadings, 13_000 - 10_000 - told);
    assert.equal(site.sensing.devices()[0]?.counters.dropped, droppedReadings);
    await waitUntil(() => site.faults.some(({ code }) => code === "readings_dropped"), { what: "the fault" });
    taking.resolve();
    await waitUntil(() => told === 13_000 - droppedReadings, { what: "the rest" });
  });

  it("says that a device is silent, and how often it has come back", async () => {
    await using site = await openTestSite();
    for (let count = 0; count < 6; count++) {
      const device = await site.connect();
      await device.say(`#serialno:S1!${quiet}`, 1);
      device.socket.destroy();
      await waitUntil(() => site.sensing.counters().connections === 0, { what: "the end of the connection" });
    }
    assert.deepEqual(
      [site.sensing.devices()[0]?.reconnects, site.sensing.devices()[0]?.reconnectsMax],
      [5, 5],
    );
    await waitUntil(() => site.faults.some(({ code }) => code === "device_silent"), { what: "the faults" });
    assert.ok(site.faults.some(({ code }) => code === "device_unstable"));
  });

  it("forgets what it only guessed of who is connected, as soon as it knows", async () => {
    await using site = await openTestSite();
    const [one, other] = [await site.connect(), await site.connect()];
    await one.say(quiet, 1);
    await one.say(`#serialno:S1!${quiet}`, 1);
    assert.deepEqual(
      site.sensing.devices().map(({ device }) => device),
      ["S1"],
    );
    await other.say(quiet, 1);
    const guessed = site.sensing.devices().find(({ device }) => device === "127.0.0.1");
    assert.equal(guessed?.reconnects, 0);
  });

  it("makes no fire of a flame input that rests at 1, nor alone of one that changed before its rest was learned", async () => {
    const row = { needs: { flame: "active" }, kind: "flame", level: "elevated", mitigations: ["Look."] };
    const matrix = [
      { ...row, threat: "flame and smoke", needs: { flame: "active", smoke: "active" } },
      { ...row, threat: "a flame", needs: { flame: "active" } },
    ];
    await using site = await openTestSite({ rules: { matrix } });
    const device = await site.connect();
    const play = async (smoke: number, digital: number, seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        site.clock.move(1_000);
        await device.say(`#Sensor:ADC1=${smoke},ADC2=1296,DIO=${digital}!`, 1);
      }
      return site.alarms.map(({ threat }) => threat);
    };
    await device.say("#serialno:rests-at-1!");
    assert.deepEqual(await play(1_100, 1, 29), [], "smoke, and an input that never changed");
    await device.say("#serialno:changes!");
    await play(0, 0, 5);
    assert.deepEqual(await play(0, 1, 10), [], "an input that changed, alone");
    assert.deepEqual(await play(1_100, 1, 10), ["flame and smoke"]);
  });

  it("says that it cannot read the temperatures of a device whose calibration does not come", async () => {
    await using site = await openTestSite();
    const device = await site.connect();
    await device.say(framePacket(renderFrame(eeprom, roomView(24))), 1);
    await waitUntil(() => device.heard().includes("PERIOD_ON"), { what: "a tick" });
    site.clock.move(1_000);
    await waitUntil(() => device.heard().includes("EEPROM1"), { what: "the next tick" });
    assert.deepEqual(site.faults, []);
    site.clock.move(30_000);
    await device.say(framePacket(renderFrame(eeprom, roomView(24))), 1);
    await waitUntil(() => site.faults.some(({ code }) => code === "no_calibration"), { what: "the fault" });
  });

  it("lets a person approve what is usual in a view, and then takes a boiler that is always hot for usual", async () => {
    using folder = temporaryFolder();
    await using site = await openTestSite({ stateDir: folder.path });
    const device = await site.connect();
    await device.say(eepromPacket(eeprom));
    const withBoiler = (seed: number, celsius: number) => {
      const view = roomView(24, seed);
      for (const cell of [300, 301, 332, 333]) view[cell] = celsius;
      return framePacket(renderFrame(eeprom, view));
    };
    await device.say(withBoiler(1, 58), 1);
    site.sensing.baselines.propose("127.0.0.1", "caretaker", "the boiler is on");
    for (let second = 0; second < 60; second++) {
      site.clock.move(1_000);
      await device.say(withBoiler(second, 58), 1);
    }
    const [state] = site.sensing.baselines.list();
    assert.equal(state?.candidate?.frames, 60);
    assert.ok(Math.abs((state?.candidate?.celsius[300] ?? 0) - 58) < 0.5);
    await site.sensing.baselines.approve(
      "127.0.0.1",
      state?.candidate?.id ?? "",
      "caretaker",
      "checked on site",
    );
    assert.equal(site.sensing.baselines.list()[0]?.decisions[0]?.by, "caretaker");
    for (let second = 0; second < 6; second++) {
      site.clock.move(1_000);
      await device.say(withBoiler(second, 66), 1);
    }
    assert.deepEqual(
      site.alarms.filter(({ reasons }) => reasons.some(({ code }) => code === "thermal_hot")),
      [],
    );
    for (let second = 0; second < 6; second++) {
      site.clock.move(1_000);
      await device.say(withBoiler(second, 95), 1);
    }
    assert.equal(site.alarms.at(-1)?.level, "critical");
  });
});

describe("what a person set", () => {
  it("is kept over a restart: the list of places, and a device's schedule", async () => {
    using folder = temporaryFolder();
    const stateDir = folder.path;
    const asked = { mode: "on_demand", requestEverySeconds: 7, eepromEverySeconds: 900 } as const;
    {
      await using site = await openTestSite({ stateDir });
      await (await site.connect()).say(`#serialno:S1!${quiet}`, 1);
      await site.sensing.places.load('[{"key":"S1","place":"attic, left"}]', "json");
      assert.equal(site.sensing.devices()[0]?.place, "attic, left");
      await site.sensing.schedules.set("S1", asked);
    }
    await using site = await openTestSite({ stateDir });
    const device = await site.connect();
    await device.say(`#serialno:S1!${quiet}`, 1);
    assert.deepEqual(site.faults, []);
    assert.equal(site.sensing.devices()[0]?.place, "attic, left");
    assert.deepEqual(site.sensing.schedules.of("S1"), asked);
    await site.sensing.places.load("key,place\n", "csv");
    assert.deepEqual(site.sensing.places.list(), []);
  });

  it("is told when it cannot be read, and left as it is", async () => {
    using folder = temporaryFolder();
    await writeFile(join(folder.path, "places.csv"), "a,b,c\n");
    await using site = await openTestSite({ stateDir: folder.path });
    assert.deepEqual(
      site.faults.map(({ code }) => code),
      ["state_unwritable"],
    );
    assert.equal(await readFile(join(folder.path, "places.csv"), "utf8"), "a,b,c\n");
  });
});

describe("a real device", { skip }, () => {
  const packets = () => readFileSync(join(recorded, "device-stream.txt"), "latin1").split(/(?<=\r\n)/);
  const calibration = () =>
    readFileSync(join(recorded, "device-eeprom.txt"), "latin1").split(/(?<=\r\n)/)[0] ?? "";

  for (const seconds of [0.25, 0.5, 1, 2]) {
    it(`raises no alarm at rest, a frame every ${seconds} s`, async () => {
      await using site = await openTestSite();
      const device = await site.connect();
      await device.say(calibration());
      for (const packet of packets()) {
        site.clock.move((seconds * 1_000) / 2);
        await device.say(packet, 1);
      }
      assert.deepEqual(site.alarms, []);
      assert.equal(site.sensing.devices()[0]?.decode?.as, "mlx90640");
      assert.equal(site.sensing.counters().frames, 96);
    });
  }

  it("alarms within three frames of an object that heats up by 2 K/s in its own frames, and says why", async () => {
    await using site = await openTestSite();
    const device = await site.connect();
    await device.say(calibration());
    const words = Uint16Array.from(calibration().match(/[0-9A-Fa-f]{4}(?=[0-9A-Fa-f]*!)/g) ?? [], (word) =>
      Number.parseInt(word, 16),
    );
    const digits = (packet: string) => /:([0-9A-Fa-f]{3336})!/.exec(packet)?.[1];
    const frames = packets().flatMap((packet) => digits(packet) ?? []);
    const pixel = 400;
    let heatedFrames = 0;
    for (const [index, hex] of frames.slice(0, 23).entries()) {
      site.clock.move(1_000);
      let frame = Buffer.from(hex, "hex");
      if (index >= 20) {
        heatedFrames++;
        const before = site.sensing.grid("127.0.0.1")?.celsius[pixel] ?? 0;
        frame = Buffer.from(heatPixel(frame, { eeprom: words.subarray(0, 832), pixel, celsius: before + 2 }));
      }
      await device.say(framePacket(frame, "1234"), 1);
      if (site.alarms.length > 0) break;
    }
    assert.ok(site.alarms.length > 0 && heatedFrames >= 1 && heatedFrames <= 3, `${heatedFrames} frames`);
    assert.match(site.alarms[0]?.reasons[0]?.text ?? "", /is being heated: .*K\/s in row 13, column 17/);
  });
});
