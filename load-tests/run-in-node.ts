/**
 * Runs a k6 scenario without k6: `node load-tests/run-in-node.ts smoke [--vus 2] [--iterations 3] [--photograph file]`.
 *
 * The scenario file is the same; the few modules of k6 that it uses are stood in for by `k6-in-node/`. It speaks to
 * loopback only, and does no more than 20 virtual users, 1,000 iterations and 10 minutes: this tells whether a
 * scenario works and what one machine feels like. For load, use k6.
 */
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { registerHooks } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";
import { drawPhotograph } from "./draw-photograph.ts";
import { all, holds, type Metric, percentile, trend } from "./k6-in-node/measurements.ts";

const bounds = { vusMax: 20, iterationsMax: 1_000, minutesMax: 10 };
const folder = import.meta.dirname;

type Scenario = {
  options: {
    scenarios: Record<string, { vus: number; iterations: number }>;
    thresholds: Record<string, string[]>;
  };
  default: () => Promise<void>;
};

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      vus: { type: "string", default: "2" },
      iterations: { type: "string", default: "3" },
      photograph: { type: "string" },
      local: { type: "string", default: path.resolve(folder, "../.vigil/local.json") },
    },
  });
  const vus = Number(values.vus);
  const iterations = Number(values.iterations);
  const scenario = positionals[0] ?? "smoke";
  if (!/^[a-z-]+$/.test(scenario)) throw new Error(`expected the name of a scenario, got ${scenario}`);
  if (!Number.isInteger(vus) || vus < 1 || vus > bounds.vusMax) {
    throw new Error(`--vus must be 1..${bounds.vusMax}, got ${values.vus}`);
  }
  if (!Number.isInteger(iterations) || iterations < 1 || vus * iterations > bounds.iterationsMax) {
    throw new Error(
      `--vus x --iterations must be 1..${bounds.iterationsMax}, got ${vus} x ${values.iterations}`,
    );
  }
  return { ...values, vus, iterations, scenario };
}

/** The globals that k6 gives a scenario. `open` is only asked before the first iteration, and there for two files. */
function provideGlobals(options: { local: string; photograph: string; vus: number; iterations: number }) {
  const files: Record<string, string> = { "local.json": options.local };
  Object.assign(globalThis, {
    __ENV: {
      VUS: String(options.vus),
      ITERATIONS: String(options.iterations),
      PHOTOGRAPH: options.photograph,
    },
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

/** Every virtual user runs its iterations one after the other, side by side with the others. */
async function runAll(scenario: Scenario, { vus, iterations }: { vus: number; iterations: number }) {
  const failures: string[] = [];
  const durations = trend("iteration_duration", true).values;
  const deadline = performance.now() + bounds.minutesMax * 60_000;
  const runOne = async (vu: number) => {
    for (let iteration = 0; iteration < iterations && performance.now() < deadline; iteration += 1) {
      // Read by the scenario before its first await, and nowhere else: users do not mix them up.
      Object.assign(globalThis, { __VU: vu, __ITER: iteration });
      const startedAt = performance.now();
      await scenario.default().catch((error: unknown) => failures.push(String(error)));
      durations.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: vus }, (_, index) => runOne(index + 1)));
  return failures;
}

function describe(metric: Metric): string {
  if (metric.kind === "rate") {
    return `${((100 * metric.passes) / metric.total).toFixed(2)} %  ${metric.passes} of ${metric.total}`;
  }
  const at = (percent: number) => percentile(metric.values, percent).toFixed(0);
  return `med ${at(50)}  p(95) ${at(95)}  max ${at(100)}${metric.time ? " ms" : ""}  n ${metric.values.length}`;
}

function report(thresholds: Record<string, string[]>, failures: string[]): boolean {
  for (const [name, metric] of all()) process.stdout.write(`${name.padEnd(22)} ${describe(metric)}\n`);
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

const settings = readArguments();
let photograph = settings.photograph;
if (!photograph) {
  photograph = path.resolve(folder, "../.vigil/load-photograph.jpg");
  await mkdir(path.dirname(photograph), { recursive: true });
  await writeFile(photograph, await drawPhotograph());
}
provideGlobals({ ...settings, photograph });
redirectModulesOfK6();
const scenario = (await import(path.join(folder, `${settings.scenario}.ts`))) as Scenario;
const passed = report(scenario.options.thresholds, await runAll(scenario, settings));
process.exitCode = passed ? 0 : 1;
