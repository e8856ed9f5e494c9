/** What devices report to, as a Lambda function of its own: it loads what an event needs, and nothing of the rest of the API. */
import { handle } from "hono/aws-lambda";
import { createBase } from "./api/base.ts";
import { createRateLimit } from "./api/rate-limit.ts";
import { eventRoutes } from "./api/routes/events.ts";
import { signInOf } from "./config.ts";
import { fromEnvironment } from "./services.ts";
import { flushing } from "./span-export.ts";

const { config, services, spans } = fromEnvironment();
const app = createBase(services, signInOf(config));
app.route("/v1", eventRoutes(createRateLimit(services.clock)));

export const handler = flushing(spans, handle(app));
