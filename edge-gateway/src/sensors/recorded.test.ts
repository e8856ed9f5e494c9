/** What real devices and public simulators sent, packet by packet. Skipped where the recordings are not beside the project. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { recordingSink } from "../../testing/device-transcripts.ts";
import { createFrameLines } from "./frame-lines.ts";

const folder = fileURLToPath(new URL("../../../../shared/sensors", import.meta.url));
const skip = existsSync(folder) ? false : "../shared/sensors is not there";

/** How often each kind of packet stands in each recording; of frames and calibrations with their number of words. */
const recordings: Record<string, Record<string, number>> = {
  "device-stream.txt": { "frame [1234] 834": 96, "sensor [1234]": 96 },
  "device-eeprom.txt": { "eeprom [1234] 832": 3 },
  "transcript.bin": {
    "serial SIM790971": 1,
    "location test room": 1,
    "frame [#] 834": 10,
    "sensor [test room]": 10,
    "eeprom [#] 832": 2,
  },
  "simulators/load.bin": { "location room_0": 1, "sensor []": 3, "frame [] 768": 2 },
  "simulators/v0.bin": { "serial 123456": 1, "frame [] 768": 3, "sensor []": 3 },
  "simulators/v1.bin": {
    "serial SIM298250": 1,
    "location default room": 1,
    "frame [#] 834": 2,
    "sensor [default room]": 2,
  },
  "simulators/v2.bin": {
    "serial SIM974598": 1,
    "location demo_room": 1,
    "eeprom [demo_room] 832": 1,
    "frame [demo_room] 834": 2,
    "sensor [demo_room]": 3,
    "frame [#] 834": 1,
  },
  "simulators/v3-continuous.bin": {
    "serial SIM866620": 1,
    "location test room": 1,
    "frame [#] 834": 2,
    "sensor [test room]": 2,
  },
  "simulators/v3-embedded.bin": { "serial SIM102385": 1, "frame [#] 834": 2, "sensor [test room]": 2 },
  "simulators/v3-no_loc.bin": { "serial SIM802224": 1, "frame [#] 834": 3, "sensor []": 3 },
};

function read(pieces: readonly Buffer[]): string[] {
  const { sink, told } = recordingSink();
  const lines = createFrameLines(sink);
  for (const piece of pieces) lines.push(piece);
  lines.end();
  return told;
}

/** `frame [3] 834 ffb0…` to `frame [#] 834`: a simulator counts its frames. */
function kindOf(told: string): string {
  const [kind = ""] = told.match(/^(sensor|frame|eeprom) \[[^\]]*\](?: 834| 832| 768)?(?= )/) ?? [told];
  return kind.startsWith("sensor") ? kind.replace(/\].*/, "]") : kind.replace(/\[\d{1,3}\]/, "[#]");
}

describe("recordings", { skip }, () => {
  for (const [name, wanted] of Object.entries(recordings)) {
    it(`reads every packet of ${name} as it is meant`, () => {
      const counts: Record<string, number> = {};
      for (const told of read([readFileSync(join(folder, name))])) {
        counts[kindOf(told)] = (counts[kindOf(told)] ?? 0) + 1;
      }
      assert.deepEqual(counts, wanted);
    });
  }

  it("reads the device's values, zeros and stray colons included", () => {
    const sensors = read([readFileSync(join(folder, "device-stream.txt"))]).filter((told) =>
      told.startsWith("sensor"),
    );
    assert.deepEqual(sensors.slice(0, 2), ["sensor [1234] 269 1296 1 0", "sensor [1234] 273 1300 1 0"]);
    assert.ok(sensors.some((told) => told.endsWith(" 0 0")));
  });

  it("refuses a frame of the device that was cut at any digit, and reads the packet after it", () => {
    const [frame = "", sensor = ""] = readFileSync(join(folder, "device-stream.txt"), "latin1").split("\r\n");
    for (let kept = 1; kept < frame.length - 1; kept += 37) {
      for (const end of ["!\r\n", "\r\n", ""]) {
        const told = read([Buffer.from(`${frame.slice(0, kept)}${end}${sensor}\r\n`)]);
        const digits = kept - "#frame1234:".length;
        const isWhole = end === "!\r\n" && [3_072, 3_328].includes(digits);
        assert.equal(
          told[0]?.startsWith("malformed"),
          !isWhole,
          `${kept} characters: ${told[0]?.slice(0, 60)}`,
        );
        assert.equal(told.at(-1), "sensor [1234] 269 1296 1 0");
      }
    }
  });
});
