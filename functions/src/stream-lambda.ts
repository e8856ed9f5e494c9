/**
 * The account's stream as a Lambda function of its own, behind a function URL that streams: it is open for as long as a page
 * is, and costs memory times that time, so it loads nothing else and has the least memory that serves.
 */
import { streamHandle } from "hono/aws-lambda";
import { createBase } from "./api/base.ts";
import { streamRoutes } from "./api/routes/stream.ts";
import { signInOf } from "./config.ts";
import { fromEnvironment } from "./services.ts";

const { config, services } = fromEnvironment();
const app = createBase(services, signInOf(config));
app.use(async (c, next) => {
  await next();
  // They speak of a connection that is not the function's: the function URL has its own.
  for (const name of ["connection", "transfer-encoding"]) c.res.headers.delete(name);
});
app.route("/v1", streamRoutes());

export const handler = streamHandle(app);
