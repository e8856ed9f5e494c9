import { openStage } from "/work/wt/proof/test/simulation/play.ts";
import { startTestServer } from "/work/wt/proof/scripts/test-server.ts";
await using server = await startTestServer();
process.env.TEST_DATABASE_URL = server.url;
const stage = await openStage();
try {
  for (const seed of process.argv.slice(2).map(Number)) {
    const t = performance.now();
    const p = await stage.play(seed, { keepTrace: true });
    console.log(seed, Math.round(performance.now() - t) + " ms", p.traceHash, p.steps, p.statements, p.kills, p.deadlocks, JSON.stringify(p.done), JSON.stringify(p.violations).slice(0, 900));
    (await import("node:fs")).writeFileSync(`/tmp/proof-trace-${seed}-${process.pid}-${Math.round(t)}`, p.trace.join("\n"));
  }
} finally { await stage.close(); }
