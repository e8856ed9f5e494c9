import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ffmpegPath } from "../../testing/camera.ts";
import { decodeStream, ffmpegFinder } from "./ffmpeg.ts";
import { greyBytes } from "./grey.ts";
import { readList, usbInput } from "./usb.ts";

describe("a camera at this machine", () => {
  it("is read by what ffmpeg has for it on each system", () => {
    const source = { kind: "usb", device: "HD Webcam", size: "640x480", framesPerSecond: 15 } as const;
    const words = (platform: NodeJS.Platform) => usbInput(source, platform).arguments.join(" ");
    assert.equal(words("linux"), "-f v4l2 -framerate 15 -video_size 640x480 -i HD Webcam");
    assert.equal(words("darwin"), "-f avfoundation -framerate 15 -video_size 640x480 -i HD Webcam:none");
    assert.equal(words("win32"), "-f dshow -framerate 15 -video_size 640x480 -i video=HD Webcam");
    assert.throws(() => words("freebsd"), /Linux, macOS and Windows/);
    const plain = usbInput({ kind: "usb", device: "/dev/video0" }, "linux");
    assert.deepEqual(plain.arguments, ["-f", "v4l2", "-i", "/dev/video0"]);
  });

  it("is listed from what ffmpeg prints", () => {
    const mac = `[AVFoundation indev @ 0x7f] AVFoundation video devices:
[AVFoundation indev @ 0x7f] [0] FaceTime HD Camera
[AVFoundation indev @ 0x7f] [1] Capture screen 0
[AVFoundation indev @ 0x7f] AVFoundation audio devices:
[AVFoundation indev @ 0x7f] [0] Built-in Microphone`;
    assert.deepEqual(readList(mac), ["0 (FaceTime HD Camera)", "1 (Capture screen 0)"]);
    const windows = `[dshow @ 01] "HD Webcam" (video)
[dshow @ 01]   Alternative name "@device_pnp_usb"
[dshow @ 01] "Microphone" (audio)`;
    assert.deepEqual(readList(windows), ["HD Webcam"]);
    assert.deepEqual(readList(""), []);
  });

  it("gives grey frames and pictures by the path of streams, from another input of ffmpeg's", async () => {
    const ffmpeg = await ffmpegFinder(ffmpegPath)();
    const [grey, picture] = [Promise.withResolvers<Uint8Array>(), Promise.withResolvers<Buffer>()];
    const input = { arguments: ["-re", "-f", "lavfi", "-i", "testsrc=s=320x240:r=10"] };
    const decoding = decodeStream(ffmpeg, input, {
      onGrey: (frame) => grey.resolve(frame.slice()),
      onPicture: (jpeg) => picture.resolve(jpeg),
    });
    const ended = decoding.ended.then((why) => Promise.reject(new Error(why)));
    try {
      assert.equal((await Promise.race([grey.promise, ended])).length, greyBytes);
      assert.equal((await Promise.race([picture.promise, ended]))[0], 0xff);
    } finally {
      decoding.kill();
      await ended.catch(() => undefined);
    }
  });
});
