/** The API as it is reached from outside. */
import type { Fault } from "./fault.ts";

const askMsMax = 15_000;

function fault(what: string, next: string): Fault {
  return { area: "API", what, next };
}

/** @param scraperKey what the API was given, where it was */
export async function examineApi(url: string, scraperKey: string | undefined): Promise<Fault[]> {
  const ask = (path: string, key?: string) =>
    fetch(`${url.replace(/\/+$/, "")}${path}`, {
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(askMsMax),
      redirect: "error",
    });
  const health = await ask("/healthz");
  const said = (await health.json().catch(() => undefined)) as { status?: string; code?: string } | undefined;
  if (said?.status === undefined && said?.code === undefined) {
    return [
      fault(
        `${url} does not answer as Vigil's API does (${health.status} at /healthz)`,
        "is it the function URL of Api, or the console's address, which hands on /v1 alone?",
      ),
    ];
  }
  const faults: Fault[] = [];
  if (!health.ok) {
    faults.push(
      fault(
        `is there and cannot reach its database (${health.status})`,
        "see what the doctor says of the database",
      ),
    );
  }
  const open = await ask("/metrics");
  await open.body?.cancel();
  if (open.ok) {
    faults.push(fault("/metrics answers anybody", "set SCRAPER_KEY, and give it to Prometheus alone"));
  } else if (scraperKey !== undefined) {
    const scraped = await ask("/metrics", scraperKey);
    await scraped.body?.cancel();
    if (scraped.status === 401 || scraped.status === 403) {
      faults.push(
        fault("/metrics refuses SCRAPER_KEY", "deploy anew with the key, or ask with the one it has"),
      );
    }
  }
  return faults;
}
