import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chanceOf } from "../../bench/corpus/chance.ts";
import { recordingSink, transcripts } from "../../testing/device-transcripts.ts";
import { fuzzSensors } from "../../testing/fuzz-sensors.ts";
import { packetBytesMax } from "../packet.ts";
import { createFrameLines } from "./frame-lines.ts";

function read(pieces: readonly Buffer[]): string[] {
  const { sink, told } = recordingSink();
  const lines = createFrameLines(sink);
  for (const piece of pieces) lines.push(piece);
  lines.end();
  return told;
}

function inPieces(bytes: Buffer, seed: number): Buffer[] {
  const chance = chanceOf(seed);
  const pieces: Buffer[] = [];
  const most = chance.pick([1, 3, 50, 2_000, 9_000]);
  for (let at = 0; at < bytes.length; ) {
    const size = chance.whole(1, most);
    pieces.push(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
  }
  return pieces;
}

describe("reading packets", () => {
  for (const { name, bytes, means } of transcripts) {
    it(`reads ${name}`, () => assert.deepEqual(read([Buffer.from(bytes)]), means));
  }

  it("reads the same packets whatever pieces the bytes arrive in", () => {
    const all = Buffer.from(transcripts.map(({ bytes }) => bytes).join(""));
    const whole = read([all]);
    for (let seed = 0; seed < 40; seed++) assert.deepEqual(read(inPieces(all, seed)), whole, `seed ${seed}`);
  });

  it("says that a packet was cut when the connection ends within it", () => {
    assert.deepEqual(read([Buffer.from("#Sensor:ADC1=5")]), ["malformed cut #Sensor:ADC1=5"]);
  });

  it("tells a packet of the longest length and one byte more apart, in one piece and in many", () => {
    for (const [length, reason] of [
      [packetBytesMax, "name"],
      [packetBytesMax + 1, "too_long"],
    ] as const) {
      const bytes = Buffer.from(`${"#locid:".padEnd(length, "x")}!`);
      for (const pieces of [[bytes], [...bytes].map((byte) => Buffer.of(byte))]) {
        assert.match(read(pieces).join(), new RegExp(`^malformed ${reason} `));
      }
    }
  });

  it("takes 20,000 mutated packets without a crash, and reads the next whole one every time", async () => {
    const { packets, malformed, taken, recovered } = await fuzzSensors({ seed: 7, packets: 20_000 });
    assert.equal(packets, 20_000);
    assert.ok(malformed > 1_000 && taken > 1_000, `${malformed} malformed, ${taken} taken`);
    assert.ok(recovered);
  });
});
