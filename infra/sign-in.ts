/**
 * Sign-in: a function of its own behind the router, in the database as a role of its own. It reaches the mail server and
 * nothing else: no queue, no bucket.
 */
import { cdn } from "./cdn.ts";
import { functionDefaults } from "./function.ts";
import { routerKey, signInSecret } from "./sign-in-secret.ts";
import { mail } from "./telling.ts";

/** As the role `vigil_sign_in`. */
const signInDatabaseUrl = new sst.Secret("SignInDatabaseUrl");

export const signIn = new sst.aws.Function("SignIn", {
  ...functionDefaults,
  handler: "functions/src/sign-in/lambda.handler",
  description: "Signs people in",
  timeout: "30 seconds",
  environment: {
    SIGN_IN_DATABASE_URL: signInDatabaseUrl.value,
    SIGN_IN_SECRET: signInSecret.value,
    DATABASE_CONNECTIONS_MAX: "2",
    CONSOLE_ORIGIN: cdn.url,
    ROUTER_KEY: routerKey,
    ...mail,
  },
  permissions: [],
  url: { authorization: "none", cors: false },
});
