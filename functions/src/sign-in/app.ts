/**
 * Sign-in over HTTP: the few of the library's ways that Vigil offers, each refusal a problem, and no token in any body.
 *
 * @example
 *   const app = createSignInApp({ library: createLibrary(settings), origin, viewerOf, log });
 */
import * as Id from "@vigil/core/id";
import { type Code, catalogue, Problem, problem, toBody } from "@vigil/core/problem";
import { problemTitles } from "@vigil/core/problem-titles";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { answerLanguage } from "../api/language.ts";
import { signInPath } from "../one-origin.ts";
import { type ViewerOf, viewerHeader } from "../viewer.ts";
import type { createLibrary } from "./library.ts";

export type SignInAppSettings = {
  library: ReturnType<typeof createLibrary>;
  /** From whose pages alone anything is changed. */
  origin: string;
  viewerOf: ViewerOf;
  log: { error(fields: Record<string, unknown>, message: string): void };
};

/** What is offered, and what its answer may say: the library's own would hold the token of the cookie. */
const offered: Readonly<Record<string, { method: "GET" | "POST"; says?: (body: unknown) => unknown }>> = {
  "/code": { method: "POST" },
  "/code/enter": { method: "POST" },
  "/get-session": { method: "GET", says: (body) => ({ signedIn: body !== null }) },
  "/sign-out": { method: "POST" },
  "/passkey/generate-register-options": { method: "GET", says: (body) => body },
  "/passkey/verify-registration": { method: "POST" },
  "/passkey/generate-authenticate-options": { method: "GET", says: (body) => body },
  "/passkey/verify-authentication": { method: "POST" },
  "/passkey/list-user-passkeys": { method: "GET", says: listed },
  "/passkey/delete-passkey": { method: "POST" },
};
const bodyBytesMax = 32 * 1024;

function listed(body: unknown): unknown {
  const items = (body as { id: string; name?: string; createdAt: string }[]).map(
    ({ id, name, createdAt }) => ({
      id,
      name: name ?? null,
      createdAt,
    }),
  );
  return { items };
}

export function createSignInApp({ library, origin, viewerOf, log }: SignInAppSettings): Hono {
  const app = new Hono().basePath(signInPath);
  app.use(secureHeaders());
  app.onError((error, c) => {
    if (error instanceof Problem) return refuse(c, error);
    log.error({ err: error }, "a sign-in failed");
    return refuse(c, problem("internal", "that could not be completed; try again"));
  });
  app.notFound((c) => refuse(c, problem("not-found", `no route ${c.req.method} ${c.req.path}`)));
  const onError = () => {
    throw problem("body-too-large", `expected a body of at most ${bodyBytesMax} bytes`);
  };
  app.use(bodyLimit({ maxSize: bodyBytesMax, onError }));
  for (const [path, { method, says }] of Object.entries(offered)) {
    app.on(method, path, async (c) => {
      if (method === "POST" && c.req.header("origin") !== origin) {
        throw problem("forbidden", "expected a request from a page of this origin");
      }
      const request = new Request(c.req.raw);
      request.headers.delete(viewerHeader);
      const viewer = viewerOf(c);
      if (viewer !== undefined) request.headers.set(viewerHeader, viewer);
      const answer = await library.handler(request);
      if (answer.status >= 400) throw await readRefusal(answer);
      c.header("Cache-Control", "no-store");
      for (const cookie of answer.headers.getSetCookie()) c.header("Set-Cookie", cookie, { append: true });
      if (says === undefined) return c.body(null, 204);
      return c.json(says(await answer.json()) as object);
    });
  }
  return app;
}

/** By the status, where the library says it in words of its own. */
const codeOf: Readonly<Record<number, Code>> = {
  400: "invalid-body",
  401: "unauthenticated",
  403: "sign-in-refused",
  404: "not-found",
  409: "not-offered",
  415: "unsupported-media-type",
  429: "rate-limited",
};

async function readRefusal(answer: Response): Promise<Problem> {
  const body = (await answer.json().catch(() => ({}))) as { code?: string; message?: string };
  const own =
    body.code !== undefined && Object.hasOwn(catalogue, body.code) ? (body.code as Code) : undefined;
  const code = own ?? codeOf[answer.status] ?? "internal";
  const seconds = Number(
    answer.headers.get("retry-after") ?? answer.headers.get("x-retry-after") ?? Number.NaN,
  );
  const detail = code === "internal" ? "that could not be completed; try again" : (body.message ?? "refused");
  return problem(code, detail, Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {});
}

function refuse(c: Context, refused: Problem): Response {
  const id = Id.create("request");
  c.header("Content-Type", "application/problem+json");
  c.header("Cache-Control", "no-store");
  c.header("X-Request-Id", id);
  if (refused.retryAfterSeconds !== undefined) c.header("Retry-After", String(refused.retryAfterSeconds));
  const title = problemTitles[answerLanguage(c)][refused.code];
  return c.body(JSON.stringify(toBody(refused, id, title)), refused.status);
}
