/** The names under which the console knows what the API answers; the types come from its OpenAPI document. */
import type { paths } from "../api.gen.d.ts";

type Ok<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

export type Account = Ok<"/v1/account">;
export type Usage = Ok<"/v1/usage">;
export type Device = Ok<"/v1/devices">["items"][number];
export type DigestPage = Ok<"/v1/digests">;
export type DigestSummary = DigestPage["items"][number];
export type Digest = Ok<"/v1/digests/{id}">;
export type SessionSummary = Ok<"/v1/sessions">["items"][number];
export type Review = Ok<"/v1/reviews/{id}">;

export type Level = DigestSummary["level"];
export type Tier = Usage["tier"];
export type Moment = Digest["moments"][number];
export type Outcome = Moment["outcome"];
export type Detection = Moment["detections"][number];
export type Sentence = Digest["summary"][number];
export type Reason = Digest["reasons"][number];

/** A presigned picture: the URL answers for at most a minute. */
export type Picture = { url: string; expiresAt: string };
