/** A whole Vigil with a front door for those who do the tasks, cameras that report, and a worker that reports on every review. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sign } from "@vigil/core/worker/signature";
import type { Browser, BrowserContextOptions } from "playwright-core";
import type { AccountPlan } from "../../../packages/core/src/seed/index.ts";
import { image } from "../../../packages/core/testing/images.ts";
import { type StripeStandIn, startStripe } from "../../../scripts/local/stripe/index.ts";
import { until } from "../../../scripts/local/until.ts";
import { type FrontDoor, openFrontDoor } from "../../walk/front-door.ts";
import { beat, type QuickWorker, reportJobs } from "../../walk/quick-worker.ts";
import { createWorld, type World } from "../../walk/world.ts";
import { launchBrowser, openPage, type WatchedPage } from "../browser.ts";

export type Stage = {
  world: World;
  door: FrontDoor;
  browser: Browser;
  /** Where a program of an account's own takes what it is sent. */
  programUrl: string;
  open(options?: BrowserContextOptions): Promise<WatchedPage>;
  /** As a device, a script or a worker does. @throws unless it succeeds */
  ask<T>(path: string, json: unknown, key?: string): Promise<T>;
  /** How what a key opens is answered. */
  statusOf(path: string, key: string): Promise<number>;
  /** A camera tells that it saw somebody, in three pictures. @returns the event's id */
  report(key: string, part?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
};

/** Whose first review no worker can finish. */
const kiosk: AccountPlan = {
  name: "Night kiosk",
  tier: "pro",
  siteName: "Kiosk",
  deviceName: "Hatch",
  timeZone: "Europe/London",
};

export async function setStage(): Promise<Stage> {
  const [world, browser] = await Promise.all([createWorld([kiosk]), launchBrowser()]);
  const door = await openFrontDoor(world.storeUrl);
  const stripe: StripeStandIn = await startStripe({
    apiUrl: () => door.peers.apiUrl,
    secretKey: "sk_test_of_the_walk",
    webhookSecret: "whsec_of_the_walk",
  });
  const program = createServer((_request, response) => response.writeHead(204).end());
  program.listen(0, "127.0.0.1");
  await once(program, "listening");
  const api = await world.startApi({
    ...door.environment,
    ...stripe.environment,
    LOCAL_RECEIVERS: "true",
  });
  door.peers.apiUrl = api.url;
  const working = startWorking(world, api.url);
  const headers = { "content-type": "application/json" };
  const stage: Stage = {
    world,
    door,
    browser,
    programUrl: `http://127.0.0.1:${(program.address() as AddressInfo).port}/vigil`,
    open: (options) => openPage(browser, options),
    async ask<T>(path: string, json: unknown, key?: string) {
      const answer = await fetch(api.url + path, {
        method: "POST",
        headers: { ...headers, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
        body: JSON.stringify(json),
      });
      if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    async statusOf(path, key) {
      const answer = await fetch(api.url + path, { headers: { authorization: `Bearer ${key}` } });
      await answer.body?.cancel();
      return answer.status;
    },
    async report(key, part = {}) {
      const form = new FormData();
      const event = { id: randomUUID(), type: "person", zone: "front_door", ...part };
      form.set("event", JSON.stringify({ occurredAt: new Date().toISOString(), ...event }));
      for (const seed of [1, 2, 3]) {
        const { name, bytes } = await image(`${seed}.jpg`, seed);
        form.append("image", new Blob([new Uint8Array(bytes)]), name);
      }
      const authorization = `Bearer ${key}`;
      const answer = await fetch(`${api.url}/v1/events`, {
        method: "POST",
        headers: { authorization },
        body: form,
      });
      if (!answer.ok) throw new Error(`an event was answered ${answer.status}: ${await answer.text()}`);
      return ((await answer.json()) as { id: string }).id;
    },
    async close() {
      await working.stop();
      program.close();
      program.closeAllConnections();
      await browser.close();
      await world.close();
      await stripe.stop();
      await door.close();
    },
  };
  await prepare(stage);
  return stage;
}

/** What an operator finds: a model that was prepared, and a review that failed. */
async function prepare(stage: Stage): Promise<void> {
  const { world } = stage;
  const { accounts, operatorToken } = world.base.seeded;
  const model = { name: "efficientdet-lite2", sha256: "1".repeat(64), licence: "Apache-2.0" };
  await stage.ask("/operator/v1/models", model, operatorToken);
  await stage.report(accounts[0]?.deviceKey ?? "", { mode: "away" });
  await until(async () => (await world.base.owner`select 1 as one from dead_letter`)[0], {
    withinMs: 180_000,
    because: "no review failed",
  });
}

function startWorking(world: World, apiUrl: string): { stop(): Promise<void> } {
  const over = new AbortController();
  const ask: QuickWorker["ask"] = async (path, { key, method, json }) => {
    const body = JSON.stringify(json);
    const signed = sign(key, { id: `msg_${randomUUID()}`, at: new Date(), body });
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", ...signed };
    return fetch(`${apiUrl}${path}`, { method, body, headers });
  };
  let failed = false;
  const cannot = () => {
    if (failed) return undefined;
    failed = true;
    return "the evidence host does not answer";
  };
  const worker = { ask, world, signal: over.signal, cannot };
  const working = Promise.all([beat(worker), reportJobs(worker)]).catch((error: unknown) => {
    if (!over.signal.aborted) throw error;
  });
  return {
    async stop() {
      over.abort();
      await working;
    },
  };
}
