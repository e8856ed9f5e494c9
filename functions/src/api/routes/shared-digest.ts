/** What a shared link opens: one digest, for whoever has the link, to be read and nothing more. */
import { createHash } from "node:crypto";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { DigestMoment } from "@vigil/core/digest/wire";
import { openShare, type SharedDigest } from "@vigil/core/flow";
import { escapeHtml } from "@vigil/core/html";
import { share as limits } from "@vigil/core/limits";
import type { Clock } from "@vigil/core/platform/clock";
import * as z from "zod";
import { anyone } from "../access.ts";
import { createBuckets } from "../buckets.ts";
import type { Env } from "../context.ts";
import { answerLanguage } from "../language.ts";
import { unstored } from "../middleware.ts";
import { operation } from "../operation.ts";
import { answerPage, type Page } from "../page.ts";
import { createRouter } from "../router.ts";
import { type SharedWords, sharedWords } from "./shared-words.ts";

const html = { content: { "text/html": { schema: z.string() } } };

const show = operation({
  operationId: "showSharedDigest",
  tag: "Digests",
  method: "get",
  path: "/{token}",
  summary: "The page of a shared digest; its pictures can be seen for 60 s after each opening",
  access: anyone,
  around: unstored,
  request: { params: z.object({ token: z.string().max(100).meta({ example: "q8…" }) }) },
  responses: {
    200: { description: "The digest", ...html },
    404: { description: "There is no such link any more", ...html },
    429: { description: "Opened too often; try again in a minute", ...html },
  },
});

export function sharedRoutes(clock: Clock): OpenAPIHono<Env> {
  const routes = createRouter();
  const openings = createBuckets(clock, {
    max: limits.openingsMax,
    windowMs: limits.openingsWindowMs,
    namesMax: limits.linksMax,
  });
  routes.openapi(show, async (c) => {
    const { token } = c.req.valid("param");
    const language = answerLanguage(c);
    const words = sharedWords[language];
    const { left, secondsToNext } = openings.take(createHash("sha256").update(token).digest("base64"));
    if (left < 1) {
      c.header("Retry-After", String(secondsToNext));
      return answerPage(c, { language, title: words.busy }, 429);
    }
    const shared = await openShare(c.var.services, { token, language });
    if (!shared) return answerPage(c, { language, title: words.gone }, 404);
    return answerPage(c, { language, ...pageOf(shared, words) });
  });
  return routes;
}

function pageOf({ digest, timeZone, expiresAt }: SharedDigest, words: SharedWords): Page {
  const time = (at: Date, options: Intl.DateTimeFormatOptions) =>
    escapeHtml(new Intl.DateTimeFormat(words.locale, { ...options, timeZone }).format(at));
  const clock = (instant: string) => time(new Date(instant), { timeStyle: "medium" });
  const pictures = digest.moments.filter(({ image }) => image !== undefined);
  const when = time(new Date(digest.occurredAt), { dateStyle: "full", timeStyle: "short" });
  const until = time(expiresAt, { dateStyle: "full", timeStyle: "short" });
  const body = [
    `<p class="quiet"><span class="level ${digest.level}">${words.level[digest.level]}</span> ${escapeHtml(digest.siteName)} · ${when}</p>`,
    ...digest.summary.map(({ text }) => `<p>${escapeHtml(text)}</p>`),
    ...(pictures.length === 0 ? [] : [`<h2>${words.pictures}</h2>`]),
    ...pictures.map((moment) => figure(moment, clock(moment.capturedAt), words)),
    ...(digest.timeline.length === 0 ? [] : [`<h2>${words.timeline}</h2>`]),
    ...digest.timeline.map(
      ({ at, text }) => `<p><span class="quiet">${clock(at)}</span> ${escapeHtml(text)}</p>`,
    ),
    `<p class="quiet">${words.until(until)}</p>`,
  ].join("\n");
  const imageOrigins = [
    ...new Set(pictures.flatMap(({ image }) => (image ? [new URL(image.url).origin] : []))),
  ];
  return { title: digest.title, body, imageOrigins };
}

function figure({ image, detections, zone }: DigestMoment, at: string, words: SharedWords): string {
  if (!image) return "";
  const boxes = detections
    .map(
      ({ box: [x, y, width, height] }) =>
        `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="#ffb02e" stroke-width="2" vector-effect="non-scaling-stroke"/>`,
    )
    .join("");
  const seen = detections.map(
    ({ label, confidence }) => `${words.thing(label)} ${Math.round(confidence * 100)} %`,
  );
  const where = zone === null ? [] : [words.zone(zone)];
  const caption = escapeHtml([at, ...where, ...seen].join(" · "));
  return `<figure><span class="picture"><img src="${escapeHtml(image.url)}" alt="${caption}"><svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">${boxes}</svg></span><figcaption>${caption}</figcaption></figure>`;
}
