/** Cameras at this machine: how ffmpeg reads them on each system, and which there are. */
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import type { FetchedSource } from "../cameras-config.ts";
import type { Input } from "./ffmpeg.ts";

export type UsbSource = Extract<FetchedSource, { kind: "usb" }>;

const listMsMax = 10_000;
const linuxFolder = "/sys/class/video4linux";

/** ffmpeg's name for what reads cameras, and its name for the camera. */
const readers: Partial<Record<NodeJS.Platform, { format: string; nameOf: (device: string) => string }>> = {
  linux: { format: "v4l2", nameOf: (device) => device },
  darwin: { format: "avfoundation", nameOf: (device) => `${device}:none` },
  win32: { format: "dshow", nameOf: (device) => `video=${device}` },
};

/** Throws a RangeError on a system that ffmpeg reads no cameras of. */
export function usbInput(source: UsbSource, platform: NodeJS.Platform = process.platform): Input {
  const reader = readers[platform];
  if (!reader) {
    throw new RangeError(`cameras at this machine are read on Linux, macOS and Windows, not on ${platform}`);
  }
  const { device, size, framesPerSecond } = source;
  const rate = framesPerSecond === undefined ? [] : ["-framerate", String(framesPerSecond)];
  const wanted = size === undefined ? [] : ["-video_size", size];
  return { arguments: ["-f", reader.format, ...rate, ...wanted, "-i", reader.nameOf(device)] };
}

/** "/dev/video0 (HD Webcam)"; ffmpeg's own list on macOS and Windows. Empty where there is none, or it cannot be told. */
export async function listUsbCameras(
  program: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string[]> {
  if (platform === "linux") {
    const names = await readdir(linuxFolder).catch(() => []);
    return Promise.all(
      names
        .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
        .map(async (name) => {
          const called = await readFile(`${linuxFolder}/${name}/name`, "utf8").catch(() => "");
          return called.trim() === "" ? `/dev/${name}` : `/dev/${name} (${called.trim()})`;
        }),
    );
  }
  const format = readers[platform]?.format;
  return format === undefined ? [] : readList(await askFfmpeg(program, format));
}

/** ffmpeg names devices on its error output, and then ends with a fault because it was given none. */
function askFfmpeg(program: string, format: string): Promise<string> {
  const options = [
    "-hide_banner",
    "-f",
    format,
    "-list_devices",
    "true",
    "-i",
    format === "dshow" ? "dummy" : "",
  ];
  return new Promise((resolve) => {
    execFile(program, options, { timeout: listMsMax }, (_, __, stderr) => resolve(stderr));
  });
}

/** Of what ffmpeg prints: `[0] FaceTime HD Camera` (macOS), `"HD Webcam" (video)` (Windows). */
export function readList(text: string): string[] {
  const [video = ""] = text.split(/AVFoundation audio devices/i);
  return video.split("\n").flatMap((line) => {
    const [, index, mac] = /\] \[(\d+)\] (.+)$/.exec(line.trim()) ?? [];
    if (index !== undefined && mac !== undefined) return [`${index} (${mac})`];
    const [, windows] = /"([^"@][^"]*)" \(video\)/.exec(line) ?? [];
    return windows === undefined ? [] : [windows];
  });
}
