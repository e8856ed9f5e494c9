/** The evidence of an event that the API has accepted: uploaded piece by piece, then sealed. */
import type { Upload } from "@vigil/core/event/wire";
import type { LostEvidence } from "../store/endings.ts";
import type { Store } from "../store/index.ts";
import type { Item } from "../store/item.ts";
import { type Api, type Later, later, type Reply, type Unauthorised } from "./api.ts";
import type { KeyTeller } from "./tell-key.ts";

type Parts = {
  api: Pick<Api, "upload" | "seal" | "sign">;
  store: Pick<Store, "readEvidence">;
  keyTeller: KeyTeller;
};
type Refusal = { code: string; detail: string };

/** Sealing names what is missing; an object store that loses what it took is asked this often. */
const roundsMax = 3;

const gone = { outcome: "dropped", reason: "disk-full", detail: "its file was given up for room" } as const;

/**
 * @param uploads where to put it, as the API said a moment ago; undefined when that was before a restart
 * @returns the pieces that did not arrive, and why; or why the rest has to be tried again, which the API allows
 */
export async function deliverEvidence(
  parts: Parts,
  item: Item,
  eventId: string,
  uploads: readonly Upload[] | undefined,
): Promise<Reply<LostEvidence[]>> {
  const unsigned = await sendSignatures(parts, item, eventId);
  if (unsigned) return unsigned;
  const lost = new Map<string, LostEvidence>();
  const lose = (name: string, why: Omit<LostEvidence, "id" | "name">) =>
    lost.set(name, { id: item.id, name, ...why });
  let missing = uploads ?? [];
  let refusal: Refusal | undefined;
  // Each piece may be refused once beside the ordinary rounds.
  for (let round = 0; round < roundsMax + item.evidence.length; round += 1) {
    for (const upload of missing) {
      const reply = await put(parts, item, upload);
      if (reply === "gone") lose(upload.name, gone);
      else if (reply.kind !== "answer") return reply;
    }
    const sealed = await parts.api.seal(eventId);
    if (sealed.kind === "refused" && sealed.code !== "not-found") {
      // The API has deleted the piece that it refused, and the next seal names it among what is missing.
      refusal = sealed;
      missing = [];
      continue;
    }
    if (sealed.kind === "refused") {
      for (const { name } of item.evidence) lose(name, refused(sealed));
      return { kind: "answer", value: [...lost.values()] };
    }
    if (sealed.kind !== "answer") return sealed;
    missing = sealed.value.uploads.filter(({ name }) => !lost.has(name));
    if (refusal) {
      for (const { name } of missing) lose(name, refused(refusal));
      missing = [];
      refusal = undefined;
    }
    if (sealed.value.sealed || missing.length === 0) return { kind: "answer", value: [...lost.values()] };
  }
  return later("the API misses evidence that was uploaded", 0, "item");
}

/**
 * Before anything is sealed. A version of the API that knows of no signatures, and one that has no use for these, gets the
 * evidence all the same. @returns why it has to be tried again
 */
async function sendSignatures(
  { api, keyTeller }: Parts,
  { evidence }: Item,
  eventId: string,
): Promise<Later | Unauthorised | undefined> {
  const signatures = evidence.flatMap(({ name, signature }) => (signature ? [{ name, ...signature }] : []));
  if (signatures.length === 0) return undefined;
  const told = await keyTeller.tell();
  if (told.kind === "later" || told.kind === "unauthorised") return told;
  if (told.kind !== "answer" || !told.value) return undefined;
  const sent = await api.sign(eventId, signatures);
  return sent.kind === "later" || sent.kind === "unauthorised" ? sent : undefined;
}

const refused = ({ code, detail }: Refusal) => ({ outcome: "refused", reason: code, detail }) as const;

async function put({ api, store }: Parts, item: Item, upload: Upload): Promise<"gone" | Reply<void>> {
  const piece = item.evidence.find(({ name }) => name === upload.name);
  const bytes = piece && (await store.readEvidence(piece.sha256));
  return bytes ? api.upload(upload, bytes) : "gone";
}
