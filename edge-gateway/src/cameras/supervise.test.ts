import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { waitUntil } from "../../testing/wait-until.ts";
import type { Decoded } from "./ffmpeg.ts";
import { stalledMs, supervise } from "./supervise.ts";

function play() {
  let ms = 0;
  const attempts: { decoded: Decoded; end: (why: string) => void; isKilled: boolean }[] = [];
  const told: string[] = [];
  const supervised = supervise({
    monotonicMs: () => ms,
    onGrey: () => {},
    onPicture: () => {},
    onLost: (why) => told.push(`lost: ${why}`),
    onBack: () => told.push("back"),
    async open(decoded) {
      const { promise: ended, resolve: end } = Promise.withResolvers<string>();
      const attempt = { decoded, end, isKilled: false };
      attempts.push(attempt);
      const kill = () => {
        attempt.isKilled = true;
        end("killed");
      };
      return { ended, kill };
    },
  });
  const opened = (count: number) => waitUntil(() => attempts.length >= count, { what: `attempt ${count}` });
  const move = (by: number) => {
    ms += by;
  };
  return { supervised, attempts, told, opened, move };
}

describe("a camera's pictures", () => {
  it("are fetched anew when the child has ended, and the camera is not lost for that", async () => {
    const { supervised, attempts, told, opened } = play();
    await opened(1);
    attempts[0]?.decoded.onGrey(new Uint8Array());
    assert.equal(supervised.state, "up");
    attempts[0]?.end("end of file");
    await opened(2);
    assert.deepEqual([supervised.state, supervised.why, told], ["connecting", "end of file", []]);
    await supervised.stop();
  });

  it("that have stalled end the child; the camera is told lost once, and back once", async () => {
    const { supervised, attempts, told, opened, move } = play();
    await opened(1);
    attempts[0]?.decoded.onGrey(new Uint8Array());
    move(stalledMs + 1);
    await opened(2);
    assert.ok(attempts[0]?.isKilled);
    assert.equal(supervised.state, "lost");
    move(stalledMs + 1);
    await opened(3);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /lost: no picture for 10 s/);
    attempts[2]?.decoded.onGrey(new Uint8Array());
    assert.deepEqual([told[1], supervised.state], ["back", "up"]);
    await supervised.stop();
  });
});
