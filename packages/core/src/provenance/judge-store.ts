/**
 * What a manifest store that was read amounts to. Codes are those of the C2PA specification, section "Validation status
 * codes"; the reader lists what failed and what succeeded of the active manifest, and what has changed of its ingredients since.
 */

import * as z from "zod";
import type { Provenance, ProvenanceStatus } from "../authenticity/wire.ts";
import { toText } from "../text.ts";

const Status = z.object({ code: z.string(), url: z.string().optional() });
const Statuses = z.object({ success: z.array(Status).default([]), failure: z.array(Status).default([]) });

/** The part of the reader's answer that is looked at. */
const Store = z.object({
  active_manifest: z.string(),
  manifests: z.record(
    z.string(),
    z.object({
      claim_generator: z.string().optional(),
      claim_generator_info: z.array(z.object({ name: z.string() })).optional(),
      signature_info: z
        .object({
          issuer: z.string().nullish(),
          common_name: z.string().nullish(),
          time: z.string().nullish(),
        })
        .optional(),
      ingredients: z.array(z.unknown()).optional(),
      assertions: z.array(z.object({ label: z.string(), data: z.unknown() })).default([]),
    }),
  ),
  validation_results: z.object({
    activeManifest: Statuses,
    ingredientDeltas: z.array(z.object({ validationDeltas: Statuses })).default([]),
  }),
});

const ofContent = /^assertion\.(dataHash|bmffHash|boxesHash|boxHash|collectionHash)\.mismatch$/;
const ofManifest =
  /^(claimSignature\.(mismatch|missing)|assertion\.(hashedURI\.mismatch|missing|inaccessible|undeclared)|claim\.(missing|multiple)|hashedURI\.(mismatch|missing)|ingredient\.(hashedURI\.mismatch|claimSignature\.mismatch|manifest\.missing|manifest\.mismatch))$/;
const untrusted = "signingCredential.untrusted";

const listMax = 20;
const charsMax = 200;

/** @param json of the reader @throws when it is none that the reader writes */
export function judgeStore(json: unknown): Provenance {
  const { active_manifest: active, manifests, validation_results: results } = Store.parse(json);
  const { success, failure } = results.activeManifest;
  const later = results.ingredientDeltas.flatMap(({ validationDeltas }) => validationDeltas.failure);
  const manifest = manifests[active];
  const signature = manifest?.signature_info;
  const signer = signature?.common_name ?? signature?.issuer;
  const generator = manifest?.claim_generator_info?.[0]?.name ?? manifest?.claim_generator;
  const signedAt = success.some(({ code }) => code === "timeStamp.validated") ? signature?.time : undefined;
  const { actions, sourceTypes } = readActions(manifest?.assertions ?? []);
  return {
    status: statusOf(success, failure, later),
    codes: unique([...failure, ...later].map(({ code }) => code)),
    ...(signer ? { signer: toText(signer, charsMax) } : {}),
    ...(generator ? { generator: toText(generator, charsMax) } : {}),
    ...(signedAt ? { signedAt: new Date(signedAt).toISOString() } : {}),
    ...(actions.length > 0 ? { actions } : {}),
    ...(manifest?.ingredients?.length ? { ingredients: manifest.ingredients.length } : {}),
    ...(sourceTypes.length > 0 ? { sourceTypes, sourceTypesBy: "manifest" as const } : {}),
  };
}

type Codes = readonly z.infer<typeof Status>[];

/**
 * A hash that both fails and matches is right by the rules of its time and not by today's: that is never called a change.
 * Whatever else fails beside trust (an expired certificate, a form that is not allowed any more) is no sign of a change either.
 */
function statusOf(success: Codes, failure: Codes, later: Codes): ProvenanceStatus {
  const matched = new Set(success.map(keyOf));
  const isBroken = (rule: RegExp) => (one: Codes[number]) =>
    rule.test(one.code) && !matched.has(keyOf({ ...one, code: one.code.replace(/\.mismatch$/, ".match") }));
  if ([...failure, ...later].some(isBroken(ofManifest))) return "manifest-altered";
  if (failure.some(isBroken(ofContent))) return "content-changed";
  const others = [...failure, ...later].filter(({ code }) => code !== untrusted);
  if (others.length > 0) return "legacy-or-expired";
  return failure.some(({ code }) => code === untrusted) ? "valid-untrusted" : "trusted";
}

function keyOf({ code, url = "" }: Codes[number]): string {
  return `${code} ${url}`;
}

const Actions = z.object({
  actions: z.array(z.object({ action: z.string(), digitalSourceType: z.string().optional() })),
});

function readActions(assertions: readonly { label: string; data?: unknown }[]) {
  const found = assertions
    .filter(({ label }) => /^c2pa\.actions(\.v\d+)?(__\d+)?$/.test(label))
    .flatMap(({ data }) => Actions.safeParse(data).data?.actions ?? []);
  return {
    actions: unique(found.map(({ action }) => action)),
    sourceTypes: unique(found.flatMap(({ digitalSourceType }) => digitalSourceType?.split("/").at(-1) ?? [])),
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts.map((one) => toText(one, 100)))].slice(0, listMax);
}
