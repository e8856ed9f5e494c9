import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createCommands } from "./commands.ts";

const continuous = { mode: "continuous", requestEverySeconds: 10, eepromEverySeconds: 3_600 } as const;

/** Ticks every 250 ms; what was sent, with its second. */
function play(
  seconds: number,
  during: (second: number, commands: ReturnType<typeof createCommands>) => void,
) {
  const sent: string[] = [];
  let now = 0;
  const commands = createCommands((name) => {
    sent.push(`${now / 1_000} ${name}`);
    return true;
  });
  for (; now <= seconds * 1_000; now += 250) {
    if (now % 1_000 === 0) during(now / 1_000, commands);
    commands.tick(now);
  }
  return sent;
}

describe("commands", () => {
  it("ask a new device to send and for its calibration, at least a second apart", () => {
    const sent = play(5, (second, commands) => {
      if (second === 0) commands.follow(continuous, 0, false);
      if (second > 1) commands.answered("data");
      if (second > 3) commands.answered("eeprom");
    });
    assert.deepEqual(sent, ["0 PERIOD_ON", "1 EEPROM1"]);
  });

  it("are sent again after 10 s without an answer, by the command's other name in turn, five times at most", () => {
    const sent = play(120, (second, commands) => {
      if (second === 0) commands.send("PERIOD_ON");
    });
    assert.deepEqual(sent, [
      "0 PERIOD_ON",
      "10 PERIODIC_ON",
      "20 PERIOD_ON",
      "30 PERIODIC_ON",
      "40 PERIOD_ON",
    ]);
  });

  it("ask on demand at the interval that is set, and hourly for the calibration of a device that has one", () => {
    const sent = play(3_630, (second, commands) => {
      if (second === 0) {
        commands.follow({ ...continuous, mode: "on_demand", requestEverySeconds: 60 }, 0, true);
      }
      commands.answered("data");
      commands.answered("eeprom");
    });
    assert.equal(sent.filter((one) => one.endsWith("REQUEST1")).length, 61);
    assert.deepEqual(
      sent.filter((one) => one.endsWith("EEPROM1")),
      ["3600 EEPROM1"],
    );
  });

  it("wait for a connection that takes no more", () => {
    let takes = false;
    const sent: string[] = [];
    const commands = createCommands((name) => takes && sent.push(name) > 0);
    commands.send("REQUEST1");
    commands.tick(0);
    takes = true;
    commands.tick(250);
    assert.deepEqual(sent, ["REQUEST1"]);
  });
});
