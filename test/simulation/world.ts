/**
 * The world of one simulated run: processes, their tasks, and time. Whatever a task asks of the outside (a statement, a
 * queue, a store, the network, a timer) waits at a gate until the seed lets it through, one at a time; between two gates
 * only code of Vigil's runs. A process that is killed is never heard of again: its tasks stay where they stand.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { type Chance, chanceOf } from "./chance.ts";

export type Process = {
  name: string;
  isDead: boolean;
  /** Its clock runs so much ahead. */
  skewMs: number;
  /** What is to be done when it is killed, before anything else goes on. */
  onKill: (() => Promise<void> | void)[];
};

type Task = { number: number; name: string; process: Process; chance: Chance };

export type Outcome = { value: unknown } | { error: unknown };

/** Where a task waits to be let through. */
type Gate = {
  number: number;
  task: Task;
  label: string;
  /** What shares a lane goes in order, as statements of one connection do. */
  lane: object | undefined;
  /** Lets it through at once: nothing of interest could happen before it. */
  isPlain: boolean;
  pass: () => Promise<unknown>;
  /** What of the outcome is written down. */
  note: (outcome: Outcome) => string;
  deliver: (outcome: Outcome) => void;
};

type Timer = {
  number: number;
  atMs: number;
  process: Process;
  fire: () => void;
  everyMs: number | undefined;
};

/** Tells whether what was let through waits for something that another task holds. */
export type IsBlocked = (gate: { label: string; lane: object | undefined }) => Promise<boolean>;

/** So many turns of the event loop without a new gate: all tasks wait. */
const quietTurns = 3;
const stepMsMax = 25;

const running = new AsyncLocalStorage<{ task: Task; world: World }>();

/** The task in which the caller runs, and its world; undefined outside of any. */
export const current = () => running.getStore();

export class World {
  readonly chance: (name: string) => Chance;
  nowMs: number;
  steps = 0;
  readonly trace: string[] = [];
  readonly violations: { kind: string; detail: string; step: number }[] = [];
  private readonly schedule: Chance;
  private readonly hash = createHash("sha256");
  private readonly keepTrace: boolean;
  private waiting: Gate[] = [];
  private blocked: { gate: Gate; outcome: Promise<Outcome>; ended: Outcome | undefined }[] = [];
  private timers: Timer[] = [];
  private numbers = 0;
  private tasks = 0;
  /** Whether gates and timers are the world's; before that only time and randomness are. */
  isLive = true;
  isBlocked: IsBlocked = () => Promise.resolve(false);
  /** Called after each step, with what went through. */
  afterStep: (label: string) => Promise<void> = () => Promise.resolve();
  /** Called when all tasks wait for each other. @returns whether one of them goes on now */
  onStandstill: (labels: readonly string[]) => Promise<boolean> = () => Promise.resolve(false);

  constructor(seed: number, { startMs, keepTrace = false }: { startMs: number; keepTrace?: boolean }) {
    this.chance = (name) => chanceOf(`${seed}/${name}`);
    this.schedule = this.chance("schedule");
    this.nowMs = startMs;
    this.keepTrace = keepTrace;
  }

  violate(kind: string, detail: string): void {
    if (this.violations.some((one) => one.kind === kind && one.detail === detail)) return;
    this.violations.push({ kind, detail, step: this.steps });
    this.write(`! ${kind}: ${detail}`);
  }

  get traceHash(): string {
    return this.hash.copy().digest("hex").slice(0, 16);
  }

  private write(line: string): void {
    this.hash.update(`${line}\n`);
    if (this.keepTrace) this.trace.push(line);
  }

  openProcess(name: string): Process {
    return { name, isDead: false, skewMs: 0, onKill: [] };
  }

  /** The time by the clock of a process. */
  timeOf(process: Process): number {
    return this.nowMs + process.skewMs;
  }

  /** Begins work of a process. What it rejects with, it rejects with here, unless the process has died. */
  spawn<T>(process: Process, name: string, work: () => Promise<T>): Promise<T> {
    this.tasks += 1;
    const label = `${process.name}/${name}#${this.tasks}`;
    const task = { number: this.tasks, name: label, process, chance: this.chance(label) };
    return running.run({ task, world: this }, work);
  }

  /** Waits at a gate, and then does it. Outside of any task it is done at once. */
  gate<T>(
    label: string,
    pass: () => Promise<T> | T,
    { lane, isPlain = false, note }: { lane?: object; isPlain?: boolean; note?: Gate["note"] } = {},
  ): Promise<T> {
    const here = running.getStore();
    if (!here) return Promise.resolve().then(pass);
    const { task } = here;
    return new Promise<T>((resolve, reject) => {
      if (task.process.isDead) return;
      this.numbers += 1;
      this.waiting.push({
        number: this.numbers,
        task,
        label,
        lane,
        isPlain,
        pass: async () => pass(),
        note: note ?? ((outcome) => ("error" in outcome ? nameOf(outcome.error) : "")),
        deliver: (outcome) => {
          if (task.process.isDead) return;
          if ("error" in outcome) reject(outcome.error);
          else resolve(outcome.value as T);
        },
      });
    });
  }

  /** @returns what ends it */
  startTimer(process: Process, ms: number, fire: () => void, isRepeated = false): () => void {
    this.numbers += 1;
    const everyMs = isRepeated ? Math.max(1, Math.ceil(ms)) : undefined;
    const timer = {
      number: this.numbers,
      atMs: this.nowMs + Math.max(0, Math.ceil(ms)),
      process,
      fire,
      everyMs,
    };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((one) => one !== timer);
    };
  }

  /** The process is gone, in the middle of whatever it did. */
  async kill(process: Process): Promise<void> {
    process.isDead = true;
    this.write(`${this.steps} kill ${process.name}`);
    this.waiting = this.waiting.filter(({ task }) => task.process !== process);
    this.timers = this.timers.filter((timer) => timer.process !== process);
    for (const last of process.onKill.splice(0)) await last();
    this.blocked = this.blocked.filter(({ gate }) => gate.task.process !== process);
    await this.deliverUnblocked();
  }

  /** Goes on until `isOver`, until a promise is broken, until nothing moves any more, or so many steps have been taken. */
  async run(isOver: () => boolean, stepsMax: number): Promise<"over" | "still" | "too-long"> {
    const last = this.steps + stepsMax;
    for (;;) {
      await this.settle();
      if (isOver() || this.violations.length > 0) return "over";
      if (this.steps >= last) return "too-long";
      const gate = this.choose();
      if (gate) await this.letThrough(gate);
      else if (!this.fireNext() && !(await this.resolveStandstill())) return "still";
    }
  }

  /** Lets everything that runs come to its next gate. */
  private async settle(): Promise<void> {
    for (let quiet = 0, seen = this.numbers; quiet < quietTurns; quiet += 1) {
      await turn();
      if (seen === this.numbers) continue;
      seen = this.numbers;
      quiet = -1;
    }
  }

  private choose(): Gate | undefined {
    const held = new Set(this.blocked.map(({ gate }) => gate.lane));
    const runnable: Gate[] = [];
    const order = this.waiting.toSorted((a, b) => a.task.number - b.task.number || a.number - b.number);
    for (const gate of order) {
      if (gate.lane && held.has(gate.lane)) continue;
      if (gate.lane) held.add(gate.lane);
      runnable.push(gate);
    }
    const plain = runnable.find(({ isPlain }) => isPlain);
    if (plain || runnable.length < 2) return plain ?? runnable[0];
    return this.schedule.pick(runnable);
  }

  private async letThrough(gate: Gate): Promise<void> {
    this.waiting = this.waiting.filter((one) => one !== gate);
    this.steps += 1;
    this.nowMs += gate.isPlain ? 0 : this.schedule.below(stepMsMax);
    const outcome = running.exit(() => outcomeOf(gate.pass));
    const ended = await this.endedOrBlocked(gate, outcome);
    if (ended) this.deliver(gate, ended);
    else {
      this.write(`${this.steps} ${gate.task.name} ${gate.label} waits`);
      const entry = { gate, outcome, ended: undefined as Outcome | undefined };
      void noteEnd(entry);
      this.blocked.push(entry);
    }
    await this.deliverUnblocked();
    await this.afterStep(gate.label);
  }

  private deliver(gate: Gate, outcome: Outcome): void {
    this.write(`${this.steps} ${gate.task.name} ${gate.label} ${gate.note(outcome)}`);
    gate.deliver(outcome);
  }

  private async endedOrBlocked(gate: Gate, outcome: Promise<Outcome>): Promise<Outcome | undefined> {
    if (!gate.lane) return outcome;
    for (let waitMs = 5; ; waitMs = 3) {
      const ended = await firstOf(outcome, waitMs);
      if (ended) return ended;
      if (await this.isBlocked(gate)) return firstOf(outcome, 0);
    }
  }

  /** What waited for others and no longer does goes on, one after another. */
  async deliverUnblocked(): Promise<void> {
    for (const entry of this.blocked.slice()) {
      const ended = entry.ended ?? (await this.endedOrBlocked(entry.gate, entry.outcome));
      if (!ended) continue;
      this.blocked = this.blocked.filter((one) => one !== entry);
      this.deliver(entry.gate, ended);
      await this.settle();
    }
  }

  private fireNext(): boolean {
    const [next] = this.timers.toSorted((a, b) => a.atMs - b.atMs || a.number - b.number);
    if (!next) return false;
    this.nowMs = Math.max(this.nowMs, next.atMs);
    if (next.everyMs === undefined) this.timers = this.timers.filter((one) => one !== next);
    else next.atMs += next.everyMs;
    next.fire();
    return true;
  }

  private async resolveStandstill(): Promise<boolean> {
    if (this.blocked.length === 0) return false;
    return this.onStandstill(this.blocked.map(({ gate }) => `${gate.task.name} ${gate.label}`));
  }

  get lastBlockedLane(): object | undefined {
    return this.blocked.at(-1)?.gate.lane;
  }
}

async function noteEnd(entry: { outcome: Promise<Outcome>; ended: Outcome | undefined }): Promise<void> {
  entry.ended = await entry.outcome;
}

function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  return work().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

/** Undefined when it has not ended within so many real milliseconds. */
async function firstOf(outcome: Promise<Outcome>, ms: number): Promise<Outcome | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), ms);
  try {
    return await Promise.race([outcome, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? `${error.name} ${code}` : error.name;
}
