/**
 * Where links in e-mails lead: a page that says what they do, and a button that does it. Mail scanners follow links, so
 * that reading one changes nothing; mail programs post to the unsubscribing one themselves (RFC 8058).
 */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { confirmEndpoint, unsubscribeEndpoint } from "@vigil/core/flow";
import { bodyLimit } from "hono/body-limit";
import * as z from "zod";
import { anyone } from "../access.ts";
import type { Env } from "../context.ts";
import { answerLanguage } from "../language.ts";
import { unstored } from "../middleware.ts";
import { operation } from "../operation.ts";
import { answerPage } from "../page.ts";
import { createRouter } from "../router.ts";
import { mailedLinkWords } from "./mailed-link-words.ts";

const params = z.object({ token: z.string().max(300).meta({ example: "acc_….end_….…" }) });
const html = { content: { "text/html": { schema: z.string() } } };

const acts = { confirm: confirmEndpoint, unsubscribe: unsubscribeEndpoint };

function operationsOf(purpose: keyof typeof acts) {
  const name = purpose === "confirm" ? "Confirmation" : "Unsubscription";
  const ask = operation({
    operationId: `show${name}`,
    tag: "Endpoints",
    method: "get",
    path: `/${purpose}/{token}`,
    summary: "The page that a link in an e-mail opens; it changes nothing",
    access: anyone,
    around: unstored,
    request: { params },
    responses: { 200: { description: "A page with a button", ...html } },
  });
  const act = operation({
    operationId: `post${name}`,
    tag: "Endpoints",
    method: "post",
    path: `/${purpose}/{token}`,
    summary: "What that page's button does, and what a mail program's does",
    access: anyone,
    around: unstored,
    request: { params },
    responses: { 200: { description: "Done", ...html } },
  });
  return { ask, act };
}

const formBytesMax = 1024;

export function mailedLinkRoutes(): OpenAPIHono<Env> {
  const routes = createRouter();
  // The button's form and a mail program's `List-Unsubscribe=One-Click` are a few bytes, and say nothing that is needed.
  routes.use("*", bodyLimit({ maxSize: formBytesMax }));
  for (const purpose of ["confirm", "unsubscribe"] as const) {
    const { ask, act } = operationsOf(purpose);
    routes.openapi(ask, (c) => {
      const language = answerLanguage(c);
      const words = mailedLinkWords[language][purpose];
      const body = `<form method="post"><button>${words.button}</button></form>`;
      return answerPage(c, { language, title: words.ask, body });
    });
    routes.openapi(act, async (c) => {
      const language = answerLanguage(c);
      const name = await acts[purpose](c.var.services, c.req.valid("param").token);
      return answerPage(c, { language, title: mailedLinkWords[language][purpose].done(name) });
    });
  }
  return routes;
}
