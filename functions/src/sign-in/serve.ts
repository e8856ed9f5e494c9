/** Sign-in put together: its own role in the database, the mail server, the library. */
import { smtpMailer } from "@vigil/core/platform/smtp";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Hono } from "hono";
import { Pool } from "pg";
import { createLog } from "../log.ts";
import type { ViewerOf } from "../viewer.ts";
import { createSignInApp } from "./app.ts";
import type { SignInConfig } from "./config.ts";
import { createLibrary } from "./library.ts";

const mailMsMax = 10_000;
const databaseMsMax = 10_000;

export function serveSignIn(config: SignInConfig, viewerOf: ViewerOf): { app: Hono; close(): Promise<void> } {
  const { SMTP_URL: url, MAIL_FROM: from, CONSOLE_ORIGIN: origin } = config;
  const log = createLog(config.LOG_LEVEL);
  const pool = new Pool({
    connectionString: config.SIGN_IN_DATABASE_URL,
    application_name: "vigil sign-in",
    max: config.DATABASE_CONNECTIONS_MAX,
    connectionTimeoutMillis: databaseMsMax,
    query_timeout: databaseMsMax,
  });
  // Whoever waits for an answer is told by a rejection; a connection that nobody uses is dropped by the pool.
  pool.on("error", () => undefined);
  const mailer =
    url !== undefined && from !== undefined ? smtpMailer({ url, from, msMax: mailMsMax }) : undefined;
  const library = createLibrary({
    database: drizzle({ client: pool }),
    origin,
    secret: config.SIGN_IN_SECRET,
    mailer,
    log(level, message, details) {
      // What the library adds may hold an address of a person.
      const [error] = Array.isArray(details) ? details.filter((one) => one instanceof Error) : [];
      log[level](error === undefined ? {} : { err: error }, message);
    },
  });
  const app = createSignInApp({ library, origin: new URL(origin).origin, viewerOf, log });
  return {
    app,
    async close() {
      mailer?.close();
      await pool.end();
    },
  };
}
