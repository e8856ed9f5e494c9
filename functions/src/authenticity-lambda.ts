/** The authenticity API as a Lambda function of its own, which streams: nothing else waits for what it loads. */
import { streamHandle } from "hono/aws-lambda";
import { createBase } from "./api/base.ts";
import { authenticityRoutes } from "./api/routes/authenticity.ts";
import { checkToolsOf, placedBy } from "./check-tools.ts";
import { signInOf } from "./config.ts";
import { fromEnvironment } from "./services.ts";

const { config, services } = fromEnvironment();
const app = createBase(services, signInOf(config));
app.use(async (c, next) => {
  await next();
  // They speak of a connection that is not the function's: the function URL has its own.
  for (const name of ["connection", "transfer-encoding"]) c.res.headers.delete(name);
});
app.route("/v1", authenticityRoutes(checkToolsOf(services, placedBy(config))));

export const handler = streamHandle(app);
