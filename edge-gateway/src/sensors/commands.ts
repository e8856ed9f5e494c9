/**
 * What a device is told. Commands go bare, without a line end, at least a second apart: a device takes two that arrive
 * together for one that it does not know. One that is not answered within 10 s is sent again, up to five times.
 */
import type { CommandName, Schedule } from "../devices/schedule.ts";

const apartMs = 1_000;
const retryMs = 10_000;
const attemptsMax = 5;
const queueMax = 8;

/** Two names of one command: devices know the one, simulators the other. */
const otherName: Partial<Record<CommandName, CommandName>> = {
  PERIOD_ON: "PERIODIC_ON",
  PERIODIC_ON: "PERIOD_ON",
};

type Pending = { name: CommandName; attempts: number; sentMs: number };

export type Commands = {
  send: (name: CommandName) => void;
  /** Sends what is due. Called several times a second. */
  tick: (monotonicMs: number) => void;
  /** Data came, or the calibration did. */
  answered: (kind: "data" | "eeprom") => void;
  /** The schedule changed, or holds from now on. */
  follow: (schedule: Schedule, monotonicMs: number, isCalibrated: boolean) => void;
};

/** `write` takes one command; false when the connection takes no more at present. */
export function createCommands(write: (command: CommandName) => boolean): Commands {
  const queue: CommandName[] = [];
  let pending: Pending[] = [];
  let schedule: Schedule | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  let [requestMs, eepromMs] = [0, 0];

  function send(name: CommandName): void {
    if (queue.length < queueMax && !queue.includes(name)) queue.push(name);
  }

  function schedulePolls(now: number): void {
    if (!schedule) return;
    if (now >= eepromMs) {
      eepromMs = now + schedule.eepromEverySeconds * 1_000;
      send("EEPROM1");
    }
    if (schedule.mode === "on_demand" && now >= requestMs) {
      requestMs = now + schedule.requestEverySeconds * 1_000;
      send("REQUEST1");
    }
  }

  function dueAt(now: number): Pending | undefined {
    const name = queue[0];
    if (name) return { name, attempts: 0, sentMs: now };
    return pending.find(({ sentMs }) => now - sentMs >= retryMs);
  }

  function tick(now: number): void {
    schedulePolls(now);
    if (now - lastMs < apartMs) return;
    const due = dueAt(now);
    if (!due) return;
    const isRepeated = due.attempts > 0;
    const name = (isRepeated && due.attempts % 2 === 1 && otherName[due.name]) || due.name;
    if (!write(name)) return;
    lastMs = now;
    if (!isRepeated) queue.shift();
    pending = pending.filter((one) => one.name !== due.name);
    const attempts = due.attempts + 1;
    if (attempts < attemptsMax) pending.push({ name: due.name, attempts, sentMs: now });
  }

  return {
    send,
    tick,
    answered(kind) {
      if (pending.length === 0) return;
      pending = pending.filter(({ name }) => (name === "EEPROM1") !== (kind === "eeprom"));
    },
    follow(next, now, isCalibrated) {
      const changes = next.mode !== schedule?.mode;
      schedule = next;
      if (changes && next.mode === "continuous") send("PERIOD_ON");
      requestMs = changes ? now : Math.min(requestMs, now + next.requestEverySeconds * 1_000);
      const wait = isCalibrated ? next.eepromEverySeconds * 1_000 : 0;
      eepromMs = changes ? now + wait : Math.min(eepromMs, now + next.eepromEverySeconds * 1_000);
    },
  };
}
