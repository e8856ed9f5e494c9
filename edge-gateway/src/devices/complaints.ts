/** Faults that last: told when they begin, and again every ten minutes for as long as they do. */
import type { Fault } from "../sensing-words.ts";
import type { Device } from "./device.ts";

const againMs = 10 * 60_000;
/** A device answers `EEPROM1` within 5 s, and is asked again after 10. */
const calibrationMs = 30_000;

export type Complaints = { check: (devices: readonly Device[], monotonicMs: number) => void };

export function createComplaints(onFault: (fault: Omit<Fault, "monotonicMs">) => void): Complaints {
  const told = new Map<string, number>();
  const wanting = new Map<string, number>();
  const dropped = new Map<string, number>();

  function complain(code: Fault["code"], device: string, text: string, now: number): void {
    const key = `${code} ${device}`;
    if (now - (told.get(key) ?? Number.NEGATIVE_INFINITY) < againMs) return;
    told.set(key, now);
    onFault({ code, device, text });
  }

  function lookAt(device: Device, now: number): void {
    const name = device.device;
    if (device.dropped > (dropped.get(name) ?? 0)) {
      complain("readings_dropped", name, `${device.dropped} readings of ${name} were dropped so far`, now);
    }
    dropped.set(name, device.dropped);
    if (!device.decoder.wantsCalibration) wanting.delete(name);
    else if (!wanting.has(name)) wanting.set(name, now);
    else if (now - (wanting.get(name) ?? now) >= calibrationMs) {
      const text = `${name} sends raw frames and no calibration to read them with: its temperatures are unknown`;
      complain("no_calibration", name, text, now);
    }
  }

  return {
    check(devices, now) {
      for (const device of devices) lookAt(device, now);
      const names = new Set(devices.map(({ device }) => device));
      for (const known of [wanting, dropped]) {
        for (const name of known.keys()) if (!names.has(name)) known.delete(name);
      }
      for (const [key, at] of told) if (now - at >= againMs) told.delete(key);
    },
  };
}
