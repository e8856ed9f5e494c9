/**
 * The HTTP API: the public routes under `/v1`, the workers' under `/worker/v1`, the operators' under `/operator/v1`,
 * Stripe's webhook, and its own description.
 *
 * @example
 *   const app = createApp(services, { signIn: { origin: "https://vigil.example.com", secret } });
 *   const answer = await app.request("/healthz");
 */
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { CheckTools } from "@vigil/core/checks";
import type { Services } from "@vigil/core/flow";
import { problemTitles } from "@vigil/core/problem-titles";
import { createBase } from "./api/base.ts";
import type { Env } from "./api/context.ts";
import type { HttpMetrics } from "./api/http-metrics.ts";
import { createRateLimit, type RateLimit } from "./api/rate-limit.ts";
import { accountRoutes } from "./api/routes/account.ts";
import { authenticityRoutes } from "./api/routes/authenticity.ts";
import { billingRoutes } from "./api/routes/billing.ts";
import { consentRoutes } from "./api/routes/consents.ts";
import { custodyRoutes } from "./api/routes/custody.ts";
import { deliveryRoutes } from "./api/routes/deliveries.ts";
import { deviceRoutes } from "./api/routes/devices.ts";
import { digestRoutes } from "./api/routes/digests.ts";
import { documentationRoutes } from "./api/routes/documentation.ts";
import { endpointRoutes } from "./api/routes/endpoints.ts";
import { enrolmentRoutes } from "./api/routes/enrolments.ts";
import { eventRoutes } from "./api/routes/events.ts";
import { gatewayRoutes } from "./api/routes/gateways.ts";
import { mailedLinkRoutes } from "./api/routes/mailed-links.ts";
import { metaRoutes } from "./api/routes/meta.ts";
import { peopleRoutes } from "./api/routes/people.ts";
import { questionRoutes } from "./api/routes/questions.ts";
import { recordingRoutes } from "./api/routes/recordings.ts";
import { runRoutes } from "./api/routes/runs.ts";
import { sceneRoutes } from "./api/routes/scenes.ts";
import { sessionRoutes } from "./api/routes/sessions.ts";
import { sharedRoutes } from "./api/routes/shared-digest.ts";
import { shareRoutes } from "./api/routes/shares.ts";
import { sourceRoutes } from "./api/routes/sources.ts";
import { streamRoutes } from "./api/routes/stream.ts";
import { wholeAccountRoutes } from "./api/routes/whole-account.ts";
import { checkToolsOf } from "./check-tools.ts";
import { deploymentRoutes } from "./operator-api/deployments.ts";
import { modelRoutes } from "./operator-api/models.ts";
import { operatorRoutes } from "./operator-api/routes.ts";
import { type TraceSettings, traceRoutes } from "./operator-api/traces.ts";
import type { SignInSettings } from "./sign-in-cookie.ts";
import type { StripeSettings } from "./stripe/read-event.ts";
import { stripeRoutes } from "./stripe/routes.ts";
import type { ViewerOf } from "./viewer.ts";
import { createWorkerRoutes } from "./worker-api/routes.ts";

export type AppSettings = {
  signIn: SignInSettings;
  /** Undefined where no subscriptions are sold. */
  stripe?: StripeSettings | undefined;
  /** Whoever reads the metrics must have it; undefined: anybody may. */
  scraperKey?: string | undefined;
  /** Undefined: no address is known, and all count as one network. */
  viewerOf?: ViewerOf | undefined;
  /** What checks of authenticity read with; undefined: made with the first of them. */
  checks?: CheckTools | undefined;
  /** What operators are shown of traces; undefined: nothing is kept or sent. */
  traces?: TraceSettings | undefined;
  /** Watches what is answered, where one process answers many. */
  http?: HttpMetrics | undefined;
};

export function createApp(
  services: Services,
  { signIn, stripe, scraperKey, viewerOf, checks, traces, http }: AppSettings,
  rates: RateLimit = createRateLimit(services.clock),
): OpenAPIHono<Env> {
  const app = createBase(services, signIn, { watch: http?.watch, titles: problemTitles });
  app.route("/v1", eventRoutes(rates));
  app.route("/v1", sessionRoutes());
  // Before `/digests/{id}`, which would take `stream` for an id.
  app.route("/v1", streamRoutes());
  app.route("/v1", digestRoutes());
  app.route("/v1", shareRoutes());
  app.route("/v1", authenticityRoutes(checks ?? checkToolsOf(services)));
  app.route("/v1", recordingRoutes());
  app.route("/v1", custodyRoutes());
  app.route("/v1", endpointRoutes());
  app.route("/v1", deliveryRoutes());
  app.route("/v1", accountRoutes());
  app.route("/v1", wholeAccountRoutes());
  app.route("/v1", consentRoutes());
  app.route("/v1", peopleRoutes());
  app.route("/v1", billingRoutes());
  app.route("/v1", deviceRoutes());
  app.route("/v1", enrolmentRoutes(services.clock, viewerOf));
  app.route("/v1", sceneRoutes());
  app.route("/v1", gatewayRoutes());
  app.route("/v1", runRoutes());
  app.route("/v1", questionRoutes());
  app.route("/v1", sourceRoutes());
  app.route("/worker/v1", createWorkerRoutes());
  app.route("/operator/v1", operatorRoutes());
  app.route("/operator/v1", deploymentRoutes());
  app.route("/operator/v1", modelRoutes());
  app.route("/operator/v1", traceRoutes(traces ?? { readFrom: null, collector: null }));
  app.route("/endpoints", mailedLinkRoutes());
  app.route("/shared", sharedRoutes(services.clock));
  app.route("/stripe/v1", stripeRoutes(stripe));
  app.route("/", metaRoutes({ scraperKey, http }));
  app.route(
    "/",
    documentationRoutes(async () => (await import("./api/openapi.ts")).describeApi(app)),
  );
  return app;
}
