/**
 * Which of many embeddings is nearest to one, by the angle between them: every one is looked at, in whole numbers, so that the
 * answer is the same on every machine and in every order of adding.
 */
import { dots } from "./dots.gen.ts";

type Kernels = {
  memory: WebAssembly.Memory;
  dots(queries: number, vector: number, end: number, length: number, target: number): void;
};

const compiled = new WebAssembly.Module(Buffer.from(dots, "base64"));

/** Questions that are answered at once: what is read of the others serves all of them. */
export const questionsMax = 4;
const pageBytes = 65_536;
/** What the instructions read at a time. */
const stepBytes = 16;

export type NearestEmbeddings = {
  /**
   * @param questions at most 4 embeddings; absent: none
   * @returns tells of one of them each known embedding that is near enough, and each other question before it
   */
  ask(questions: readonly (Uint8Array | undefined)[]): (question: number, tell: Tell) => void;
  /** Beyond `knownMax` the oldest is forgotten. */
  add(embedding: Uint8Array, index: number): void;
};

/** @param other what was given with the embedding; of a question, -1 - its place. @param nearness larger is nearer */
export type Tell = (other: number, nearness: number) => void;

/**
 * @param length numbers of an embedding, each 0..127
 * @param cosineMin of the angle between embeddings that are near
 */
export function createNearestEmbeddings({
  length,
  knownMax,
  cosineMin,
}: {
  length: number;
  knownMax: number;
  cosineMin: number;
}): NearestEmbeddings {
  const kernels = new WebAssembly.Instance(compiled).exports as Kernels;
  const { memory } = kernels;
  const stride = Math.ceil(length / stepBytes) * stepBytes;
  const vectorsAt = questionsMax * stride;
  /** Which item each vector is of, and its product with itself. */
  const indexes: number[] = [];
  const norms: number[] = [];
  let added = 0;

  const bytes = () => new Uint8Array(memory.buffer);
  const reserve = (count: number) => {
    const lacking = vectorsAt + count * (stride + 4 * questionsMax) - memory.buffer.byteLength;
    if (lacking > 0) memory.grow(Math.ceil(lacking / pageBytes) * 2);
  };

  return {
    ask(questions) {
      const known = indexes.length;
      reserve(known + questionsMax);
      const [all, end] = [bytes(), vectorsAt + known * stride];
      const none = new Uint8Array(stride);
      for (let place = 0; place < questionsMax; place += 1) {
        for (const at of [place * stride, end + place * stride]) {
          all.set(none, at);
          all.set(questions[place] ?? none, at);
        }
      }
      const productsAt = end + questionsMax * stride;
      kernels.dots(0, vectorsAt, productsAt, stride, productsAt);
      const products = new Int32Array(
        memory.buffer.slice(productsAt, productsAt + (known + questionsMax) * questionsMax * 4),
      );
      const productOf = (vector: number, question: number) =>
        products[vector * questionsMax + question] as number;
      return (question, tell) => {
        if (questions[question] === undefined) return;
        const own = productOf(known + question, question);
        // Products below 2^53 are exact, and so is what follows, to the last bit, on every machine.
        const shareMin = cosineMin * cosineMin * own;
        for (let vector = 0; vector < known + question; vector += 1) {
          const product = productOf(vector, question);
          const norm = vector < known ? (norms[vector] as number) : productOf(vector, vector - known);
          if (product * product < shareMin * norm || norm === 0) continue;
          tell(vector < known ? (indexes[vector] as number) : known - vector - 1, product / Math.sqrt(norm));
        }
      };
    },
    add(embedding, index) {
      const slot = added % knownMax;
      added += 1;
      reserve(Math.max(indexes.length, slot + 1) + questionsMax);
      bytes().set(embedding, vectorsAt + slot * stride);
      indexes[slot] = index;
      norms[slot] = embedding.reduce((sum, value) => sum + value * value, 0);
    },
  };
}
