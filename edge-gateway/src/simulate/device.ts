/** A simulated sensor: speaks the devices' protocol to a gateway, over TCP. */
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { measure, type Scenario } from "./scenario.ts";

export type SimulatedDevice = {
  host: string;
  port: number;
  serial: string;
  place: string;
  scenario: Scenario;
  /** Between two frames. */
  everyMs: number;
  /** 0..1. */
  random: () => number;
  /** What must be said first, where the gateway asks for it. */
  token?: string | undefined;
  signal: AbortSignal;
};

/** As the public simulators write temperatures: hundredths of a degree above 27, signed, four hexadecimal digits. */
function frameText(celsius: Float32Array): string {
  const words = Array.from(celsius, (value) => {
    const word = Math.max(-32_768, Math.min(32_767, Math.round((value - 27) * 100)));
    return (word & 0xffff).toString(16).toUpperCase().padStart(4, "0");
  });
  return words.join("");
}

/** Runs until the signal fires. Rejects when the gateway cannot be reached or ends the connection. */
export async function simulateDevice(options: SimulatedDevice): Promise<void> {
  const { host, port, serial, place, scenario, everyMs, random, token, signal } = options;
  const socket = connect(port, host);
  const ended = once(socket, "close");
  // Met below: every write after it fails too.
  socket.on("error", () => undefined);
  signal.addEventListener("abort", () => socket.destroy(), { once: true });
  await Promise.race([
    once(socket, "connect"),
    ended.then(() => Promise.reject(new Error(`${host}:${port} cannot be reached`))),
  ]);
  // Commands are heard and need no answer: it sends by itself.
  socket.resume();
  const say = (line: string) => socket.write(`${line}!\r\n`);
  if (token !== undefined) say(`#token:${token}`);
  say(`#serialno:${serial}`);
  say(`#locid:${place}`);
  for (let count = 1; !signal.aborted; count += 1) {
    if (socket.destroyed) throw new Error("the gateway ended the connection");
    const { celsius, smokeRaw, flameRaw } = measure(scenario, ((count - 1) * everyMs) / 1000, random);
    say(`#Sensor:${place}:ADC1=${smokeRaw},ADC2=${flameRaw},DIO=0`);
    say(`#frame${count}:${frameText(celsius)}`);
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
