/** Where pictures say that they come from, read one at a time; accounts take turns (`@vigil/core/provenance` says how). */
import type { Provenance } from "@vigil/core/authenticity/wire";
import { createManifestReader, type ManifestReaderOptions, readUnsigned } from "@vigil/core/provenance";
import { createTurns, type Turn } from "../decode/turns.ts";

export interface ProvenanceReader {
  /** Never rejects: what cannot be read is `unreadable`, and says why in a code. `bytes` are lent until it resolves. */
  read(bytes: Uint8Array, contentType: string, turn: Turn): Promise<Provenance>;
  close(): Promise<void>;
}

type Waiting = Turn & { bytes: Uint8Array; contentType: string; answer: PromiseWithResolvers<Provenance> };

export function createProvenanceReader(options: ManifestReaderOptions = {}): ProvenanceReader {
  const manifests = createManifestReader(options);
  const turns = createTurns<Waiting>(() => performance.now());
  let serving: Promise<void> | undefined;

  async function serve(): Promise<void> {
    for (let next = turns.next; next; next = turns.next) {
      const endTurn = turns.begin(next);
      await manifests.read(next.bytes, next.contentType).then(next.answer.resolve, next.answer.reject);
      endTurn();
    }
    serving = undefined;
  }
  return {
    async read(bytes, contentType, { accountId, priority }) {
      const plain = readUnsigned(bytes);
      if (plain) return plain;
      const answer = Promise.withResolvers<Provenance>();
      turns.add({ accountId, priority, bytes, contentType, answer });
      serving ??= serve();
      return answer.promise;
    },
    async close() {
      await serving;
      await manifests.close();
    },
  };
}
