/**
 * Which of many embeddings are near to one, by the angle between them: every one is looked at, in whole numbers, so that the
 * answer is the same on every machine and in every order of adding.
 */
import { dots } from "./dots.gen.ts";

type Kernels = {
  memory: WebAssembly.Memory;
  near(
    queries: number,
    vector: number,
    end: number,
    length: number,
    limits: number,
    roots: number,
    target: number,
  ): number;
};

const compiled = new WebAssembly.Module(Buffer.from(dots, "base64"));

/** Questions that are answered at once: what is read of the others serves all of them. */
export const questionsMax = 4;
const pageBytes = 65_536;
/** What the instructions read at a time. */
const stepBytes = 64;
/** What is told of one that may be near: its number, and its product with each question. */
const toldBytes = 32;
/** More than all the roundings of 32-bit arithmetic: whoever is near passes it, and is then looked at exactly. */
const roundingShare = 1e-5;

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
  /** The questions, their limits, and then the known embeddings, behind which the questions stand once more. */
  const limitsAt = questionsMax * stride;
  const vectorsAt = limitsAt + stepBytes;
  /** Which item each vector is of, and its product with itself. */
  const indexes: number[] = [];
  const norms: number[] = [];
  const roots = new Float32Array(knownMax + questionsMax);
  let added = 0;

  const bytes = () => new Uint8Array(memory.buffer);
  const reserve = (vectors: number) => {
    const lacking = vectorsAt + vectors * (stride + 4 + toldBytes) + toldBytes - memory.buffer.byteLength;
    if (lacking > 0) memory.grow(Math.ceil(lacking / pageBytes) * 2);
  };
  const place = (embedding: Uint8Array | undefined, at: number) => {
    bytes().fill(0, at, at + stride);
    if (embedding) bytes().set(embedding, at);
  };

  /** Each vector that may be near to a question: its number and its products. */
  function look(questions: readonly (Uint8Array | undefined)[], own: readonly number[]): Int32Array {
    const vectors = indexes.length + questionsMax;
    reserve(vectors);
    const end = vectorsAt + vectors * stride;
    for (let question = 0; question < questionsMax; question += 1) {
      place(questions[question], question * stride);
      place(questions[question], end - (questionsMax - question) * stride);
    }
    const limits = own.map((norm) =>
      norm === 0 ? Infinity : cosineMin * Math.sqrt(norm) * (1 - roundingShare),
    );
    new Float32Array(memory.buffer, limitsAt, questionsMax).set(limits);
    roots.set(own.map(Math.sqrt), indexes.length);
    new Float32Array(memory.buffer, end, vectors).set(roots.subarray(0, vectors));
    const target = Math.ceil((end + vectors * 4) / toldBytes) * toldBytes;
    const stop = kernels.near(0, vectorsAt, end, stride, limitsAt, end, target);
    return new Int32Array(memory.buffer.slice(target, stop));
  }

  return {
    ask(questions) {
      const known = indexes.length;
      const own = Array.from({ length: questionsMax }, (_, question) => normOf(questions[question]));
      const told = look(questions, own);
      return (question, tell) => {
        if (own[question] === 0) return;
        // Products below 2^53 are exact, and so is what follows, to the last bit, on every machine.
        const shareMin = cosineMin * cosineMin * (own[question] ?? 0);
        for (let at = 0; at < told.length; at += toldBytes / 4) {
          const vector = told[at] as number;
          if (vector >= known + question) return;
          const product = told[at + 4 + question] as number;
          const norm = (vector < known ? norms[vector] : own[vector - known]) as number;
          if (product * product < shareMin * norm || norm === 0) continue;
          tell(vector < known ? (indexes[vector] as number) : known - vector - 1, product / Math.sqrt(norm));
        }
      };
    },
    add(embedding, index) {
      const slot = added % knownMax;
      added += 1;
      reserve(Math.max(indexes.length, slot + 1) + questionsMax);
      place(embedding, vectorsAt + slot * stride);
      indexes[slot] = index;
      norms[slot] = normOf(embedding);
      roots[slot] = Math.sqrt(norms[slot]);
    },
  };
}

function normOf(embedding: Uint8Array | undefined): number {
  return embedding?.reduce((sum, value) => sum + value * value, 0) ?? 0;
}
