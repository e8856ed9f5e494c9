/**
 * Everything that runs on Lambda, as one local process: the API on a port, the queue's trigger and the timers around
 * the same handlers.
 */
import { rename, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { buryMessage, carryOutErasures, eraseWithdrawn, sweep, writeExports } from "@vigil/core/flow";
import { queue as limits } from "@vigil/core/limits";
import type { Destination } from "@vigil/core/platform/message-spans";
import type { Queue } from "@vigil/core/platform/queue";
import { createHttpMetrics } from "./api/http-metrics.ts";
import { createApp } from "./app.ts";
import { checkToolsOf, placedBy } from "./check-tools.ts";
import { closeServer } from "./close-server.ts";
import { paymentSettingsOf, signInOf, stripeOf } from "./config.ts";
import { authorityOf, checkpoint } from "./cron/checkpoint.ts";
import { mailerOf } from "./mailer.ts";
import { signInPath } from "./one-origin.ts";
import { traceSettingsOf } from "./operator-api/traces.ts";
import { channelsOf, deliveryDue } from "./queue/delivery-due.ts";
import { sessionDue } from "./queue/session-due.ts";
import { workMessage } from "./queue/work-message.ts";
import { fromEnvironment } from "./services.ts";
import { signInConfigFromEnvironment } from "./sign-in/config.ts";
import { serveSignIn } from "./sign-in/serve.ts";
import { stripePayments } from "./stripe/payments.ts";
import type { ViewerOf } from "./viewer.ts";

/** On AWS they run every minute; nobody wants to wait that long on a desk. */
const sweepMs = 2_000;
const checkpointMs = 2_000;
const wholeAccountsMs = 2_000;

/** One slow receiver holds up the messages that came with its own, and no others. */
const deliveryConsumers = 4;

/** What is under way when the process is to stop has this long. */
const graceMs = 2_000;

const { config, services: plain, spans } = fromEnvironment();
const services = { ...plain, payments: stripePayments(paymentSettingsOf(config)) };
const channels = channelsOf(services, config);
const mailer = mailerOf(config);
const authority = authorityOf(config);
const viewerOf: ViewerOf = (c) => getConnInfo(c).remote.address;
const signIn = serveSignIn(signInConfigFromEnvironment(), viewerOf);
const api = createApp(services, {
  signIn: signInOf(config),
  stripe: stripeOf(config),
  scraperKey: config.SCRAPER_KEY,
  viewerOf,
  checks: checkToolsOf(services, placedBy(config)),
  traces: traceSettingsOf(config),
  http: createHttpMetrics(),
});
const fetch = (request: Request, env: object) =>
  (new URL(request.url).pathname.startsWith(`${signInPath}/`) ? signIn.app : api).fetch(request, env);
const stopping = new AbortController();

const server = serve({ fetch, hostname: "127.0.0.1", port: config.API_PORT }, (address) => {
  const apiUrl = `http://127.0.0.1:${address.port}`;
  services.log.info({ apiUrl }, "listening");
  if (config.READY_FILE) void announce(config.READY_FILE, apiUrl);
});

/** Written whole or not at all: whoever waits for the file never reads half of it. */
async function announce(file: string, apiUrl: string): Promise<void> {
  await writeFile(`${file}.part`, JSON.stringify({ apiUrl }));
  await rename(`${file}.part`, file);
}

/** As Lambda's event source mapping does: receive, call, delete what succeeded. */
async function consume(
  from: Destination,
  queue: Queue,
  work: (body: string, receives: number) => Promise<unknown>,
): Promise<void> {
  while (!stopping.signal.aborted) {
    try {
      const messages = await queue.receive({
        messagesMax: limits.receiveMessagesMax,
        waitSeconds: limits.longPollSeconds,
        visibilitySeconds: 30,
        signal: stopping.signal,
      });
      await Promise.all(
        messages.map(async (message) => {
          const { traceparent } = message;
          await workMessage(services, { from, traceparent }, () => work(message.body, message.receiveCount));
          await queue.delete(message);
        }),
      );
    } catch (error) {
      services.log.warn({ err: error }, "a queue could not be worked; trying again");
      await pause(1_000);
    }
  }
}

async function repeat(what: string, everyMs: number, work: () => Promise<unknown>): Promise<void> {
  while (!stopping.signal.aborted) {
    try {
      await work();
    } catch (error) {
      services.log.warn({ err: error }, `${what} failed; trying again`);
    }
    await pause(everyMs);
  }
}

/** Resolves after `ms`, or at once when the process stops. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stopping.signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

const running = Promise.all([
  consume("sessions", services.sessionsDue, (body) => sessionDue(services, body)),
  ...Array.from({ length: deliveryConsumers }, () =>
    consume("deliveries", services.deliveries, (body) => deliveryDue(services, channels, body)),
  ),
  consume("dead letters", services.deadLetters, (body, receives) => buryMessage(services, body, receives)),
  repeat("the sweep", sweepMs, () => sweep(services)),
  repeat("appending to the evidence log", checkpointMs, () => checkpoint(services, authority)),
  repeat("writing exports", wholeAccountsMs, () => writeExports(services)),
  repeat("erasing what was withdrawn", wholeAccountsMs, () => eraseWithdrawn(services)),
  repeat("erasing accounts", wholeAccountsMs, () => carryOutErasures({ services, mailer })),
]);

async function stop(): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  await closeServer(server as Server, graceMs);
  await running;
  await Promise.all([services.database.close(), signIn.close(), authority?.close(), spans?.close()]);
}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
