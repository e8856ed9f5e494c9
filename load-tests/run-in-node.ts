/**
 * Runs a k6 scenario without k6: `node load-tests/run-in-node.ts steady [-e RATE=2 -e DURATION=30s] [--photograph file]`.
 *
 * The scenario file is the same; the few modules of k6 that it uses are stood in for by `k6-in-node/`. It speaks to
 * loopback only, and does no more than 50 virtual users, 1,000 iterations and 10 minutes: this tells whether a
 * scenario works and what one machine feels like. For load, use k6.
 */
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { registerHooks } from "node:module";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { drawPhotograph } from "./draw-photograph.ts";
import { enter } from "./k6-in-node/execution.ts";
import { arrivalsOf, type Scenario } from "./k6-in-node/executors.ts";
import { all, counter, holds, type Metric, percentile, trend } from "./k6-in-node/measurements.ts";

const bounds = { vusMax: 50, iterationsMax: 1_000, minutesMax: 10 };
const folder = import.meta.dirname;
const scenarios = ["smoke", "steady", "burst", "soak", "quota-race"];
const help = `npm run load -- [${scenarios.join(" | ")}] [-e NAME=value ...] [--photograph file.jpg]

Without k6, against the stack of npm start; k6 run load-tests/NAME.ts takes the same -e NAME=value.
At most ${bounds.vusMax} users, ${bounds.iterationsMax} iterations and ${bounds.minutesMax} minutes.
`;

type Script = {
  options: { scenarios: Record<string, Scenario>; thresholds: Record<string, string[]> };
  setup?: () => Promise<unknown>;
  default: (data?: unknown) => Promise<void>;
  teardown?: (data?: unknown) => Promise<void>;
};

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      env: { type: "string", short: "e", multiple: true, default: [] },
      photograph: { type: "string" },
      local: { type: "string", default: path.resolve(folder, "../.vigil/local.json") },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const scenario = positionals[0] ?? "smoke";
  if (!scenarios.includes(scenario)) throw new Error(`there is no scenario ${scenario}\n\n${help}`);
  const environment = Object.fromEntries(
    values.env.map((setting) => {
      const [, name = "", value = ""] = /^([A-Z_]+)=(.*)$/.exec(setting) ?? [];
      if (name === "") throw new Error(`expected -e NAME=value, got ${setting}`);
      return [name, value];
    }),
  );
  return { ...values, scenario, environment };
}

/** The globals that k6 gives a scenario. `open` is only asked before the first iteration, and there for two files. */
function provideGlobals(options: { local: string; photograph: string; environment: Record<string, string> }) {
  const files: Record<string, string> = { "local.json": options.local };
  Object.assign(globalThis, {
    __ENV: { ...options.environment, PHOTOGRAPH: options.photograph },
    open(name: string, mode?: "b") {
      const bytes = readFileSync(files[path.basename(name)] ?? name);
      return mode === "b" ? new Uint8Array(bytes).buffer : bytes.toString("utf8");
    },
  });
}

function redirectModulesOfK6() {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const name = /^k6(?:\/(\w+))?$/.exec(specifier);
      return name
        ? nextResolve(path.join(folder, "k6-in-node", `${name[1] ?? "k6"}.ts`), context)
        : nextResolve(specifier, context);
    },
  });
}

/** @throws when the scenario asks for more than this may do */
function assertBounded(users: number, iterations: number): void {
  if (!(users >= 1 && users <= bounds.vusMax && iterations >= 1 && iterations <= bounds.iterationsMax)) {
    throw new Error(
      `expected 1..${bounds.vusMax} users and 1..${bounds.iterationsMax} iterations, got ${users} and ${iterations}`,
    );
  }
}

type Iterate = (vu: number, iteration: number) => Promise<void>;

/** Every user runs its iterations one after the other, side by side with the others. */
async function runByUser(
  { vus, iterations }: { vus: number; iterations: number },
  { iterate, untilMs }: { iterate: Iterate; untilMs: number },
) {
  assertBounded(vus, vus * iterations);
  let begun = 0;
  const runOne = async (vu: number) => {
    for (let count = 0; count < iterations && performance.now() < untilMs; count += 1) {
      await iterate(vu, begun++);
    }
  };
  await Promise.all(Array.from({ length: vus }, (_, index) => runOne(index + 1)));
}

/** Iterations start when they are due, whatever others take; one for which no user is free is dropped and counted. */
async function runByRate(
  scenario: Exclude<Scenario, { executor: "per-vu-iterations" }>,
  { iterate, untilMs }: { iterate: Iterate; untilMs: number },
) {
  const arrivals = arrivalsOf(scenario);
  assertBounded(scenario.maxVUs, arrivals.length);
  const dropped = counter("dropped_iterations");
  const free = Array.from({ length: scenario.maxVUs }, (_, index) => index + 1);
  const under: Promise<void>[] = [];
  const beginMs = performance.now();
  for (const [iteration, atMs] of arrivals.entries()) {
    if (beginMs + atMs > untilMs) break;
    await pause(Math.max(0, beginMs + atMs - performance.now()));
    const vu = free.shift();
    if (vu === undefined) dropped.count += 1;
    else under.push(iterate(vu, iteration).finally(() => free.push(vu)));
  }
  await Promise.all(under);
}

async function runAll(script: Script): Promise<string[]> {
  const failures: string[] = [];
  const durations = trend("iteration_duration", true).values;
  const data = await script.setup?.();
  const iterate: Iterate = async (vu, iteration) => {
    enter(vu, iteration);
    const startedAt = performance.now();
    await script.default(data).catch((error: unknown) => failures.push(String(error)));
    durations.push(performance.now() - startedAt);
  };
  const untilMs = performance.now() + bounds.minutesMax * 60_000;
  await Promise.all(
    Object.values(script.options.scenarios).map((scenario) =>
      scenario.executor === "per-vu-iterations"
        ? runByUser(scenario, { iterate, untilMs })
        : runByRate(scenario, { iterate, untilMs }),
    ),
  );
  await script.teardown?.(data);
  return failures;
}

/** A scenario need not use everything that it could. */
function isMeasured(metric: Metric): boolean {
  if (metric.kind === "counter") return true;
  return metric.kind === "rate" ? metric.total > 0 : metric.values.length > 0;
}

function describe(metric: Metric): string {
  if (metric.kind === "rate") {
    return `${((100 * metric.passes) / metric.total).toFixed(2)} %  ${metric.passes} of ${metric.total}`;
  }
  if (metric.kind === "counter") return String(metric.count);
  const at = (percent: number) => percentile(metric.values, percent).toFixed(0);
  return `med ${at(50)}  p(95) ${at(95)}  max ${at(100)}${metric.time ? " ms" : ""}  n ${metric.values.length}`;
}

function report(thresholds: Record<string, string[]>, failures: string[]): boolean {
  for (const [name, metric] of all()) {
    if (isMeasured(metric)) process.stdout.write(`${name.padEnd(22)} ${describe(metric)}\n`);
  }
  for (const failure of failures) process.stdout.write(`iteration failed: ${failure}\n`);
  let passed = failures.length === 0;
  for (const [name, expressions] of Object.entries(thresholds)) {
    for (const expression of expressions) {
      const { ok, value } = holds(name, expression);
      process.stdout.write(`${ok ? "holds " : "BROKEN"} ${name}: ${expression} (${value.toFixed(3)})\n`);
      passed &&= ok;
    }
  }
  return passed;
}

async function main(): Promise<boolean> {
  const settings = readArguments();
  if (settings.help) {
    process.stdout.write(help);
    return true;
  }
  let { photograph } = settings;
  if (!photograph) {
    photograph = path.resolve(folder, "../.vigil/load-photograph.jpg");
    await mkdir(path.dirname(photograph), { recursive: true });
    await writeFile(photograph, await drawPhotograph());
  }
  provideGlobals({ ...settings, photograph });
  redirectModulesOfK6();
  const script = (await import(path.join(folder, `${settings.scenario}.ts`))) as Script;
  return report(script.options.thresholds, await runAll(script));
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
