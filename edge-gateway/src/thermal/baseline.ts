/**
 * What is usual in a view: the median of each cell over a minute of frames, and the median absolute deviation from
 * it. A candidate counts for nothing until a person has approved it, and is gone after an hour.
 */
import { pixels } from "./grid.ts";

export type BaselineCandidate = {
  id: string;
  /** The median of each cell, and how far it usually strays from it (1.4826 x the median absolute deviation). */
  celsius: Float32Array;
  strayCelsius: Float32Array;
  frames: number;
  proposedWallMs: number;
  /** Gone an hour after it was proposed: what it shows may no longer be so. */
  expiresMonotonicMs: number;
  proposedBy: string;
  why: string;
};

export type ApprovedBaseline = {
  id: string;
  celsius: Float32Array;
  strayCelsius: Float32Array;
  frames: number;
  approvedWallMs: number;
  approvedBy: string;
  why: string;
};

export type BaselineDecision = {
  candidate: string;
  verdict: "approved" | "rejected" | "expired";
  by: string;
  why: string;
  wallMs: number;
};

export type BaselineState = {
  device: string;
  approved?: ApprovedBaseline;
  candidate?: BaselineCandidate;
  /** The latest first, at most 20. */
  decisions: readonly BaselineDecision[];
};

const framesWanted = 60;
const frameEveryMs = 1_000;
const candidateMs = 60 * 60 * 1_000;
export const decisionsMax = 20;
/** The deviation of a normal distribution, in medians of the absolute deviation. */
const toDeviation = 1.4826;

export type BaselineKeeper = {
  /** Gathers a frame when one is wanted. */
  take: (celsius: Float32Array, monotonicMs: number) => void;
  propose: (by: string, why: string) => void;
  /** Throw a RangeError when that candidate does not stand. */
  approve: (candidate: string, by: string, why: string, monotonicMs: number) => void;
  reject: (candidate: string, by: string, why: string, monotonicMs: number) => void;
  state: (device: string, monotonicMs: number) => BaselineState;
  readonly approved: ApprovedBaseline | undefined;
  readonly decisions: readonly BaselineDecision[];
};

export type BaselineKeeperOptions = {
  approved: ApprovedBaseline | undefined;
  decisions: readonly BaselineDecision[] | undefined;
  newId: () => string;
  wallMs: () => number;
};

export function createBaselineKeeper(options: BaselineKeeperOptions): BaselineKeeper {
  const { newId, wallMs } = options;
  let approved = options.approved;
  let candidate: BaselineCandidate | undefined;
  let gathering: { by: string; why: string; frames: Float32Array[]; lastMs: number } | undefined;
  let decisions = options.decisions ?? [];

  function decided(verdict: BaselineDecision["verdict"], id: string, by: string, why: string): void {
    decisions = [{ candidate: id, verdict, by, why, wallMs: wallMs() }, ...decisions].slice(0, decisionsMax);
  }

  function expire(monotonicMs: number): void {
    if (!candidate || monotonicMs < candidate.expiresMonotonicMs) return;
    decided("expired", candidate.id, candidate.proposedBy, "nobody decided within an hour");
    candidate = undefined;
  }

  function standing(id: string, monotonicMs: number): BaselineCandidate {
    expire(monotonicMs);
    if (candidate?.id !== id) {
      throw new RangeError(`no candidate ${id} stands: it was decided, has expired, or never was`);
    }
    return candidate;
  }

  return {
    take(celsius, monotonicMs) {
      if (!gathering || monotonicMs - gathering.lastMs < frameEveryMs) return;
      gathering.lastMs = monotonicMs;
      gathering.frames.push(celsius.slice());
      if (gathering.frames.length < framesWanted) return;
      const { by, why, frames } = gathering;
      gathering = undefined;
      candidate = {
        id: newId(),
        ...summarise(frames),
        frames: frames.length,
        proposedWallMs: wallMs(),
        expiresMonotonicMs: monotonicMs + candidateMs,
        proposedBy: by,
        why,
      };
    },
    propose(by, why) {
      gathering = { by, why, frames: [], lastMs: Number.NEGATIVE_INFINITY };
    },
    approve(id, by, why, monotonicMs) {
      const { celsius, strayCelsius, frames } = standing(id, monotonicMs);
      approved = { id, celsius, strayCelsius, frames, approvedWallMs: wallMs(), approvedBy: by, why };
      candidate = undefined;
      decided("approved", id, by, why);
    },
    reject(id, by, why, monotonicMs) {
      standing(id, monotonicMs);
      candidate = undefined;
      decided("rejected", id, by, why);
    },
    state(device, monotonicMs) {
      expire(monotonicMs);
      return {
        device,
        ...(approved ? { approved } : {}),
        ...(candidate ? { candidate } : {}),
        decisions,
      };
    },
    get approved() {
      return approved;
    },
    get decisions() {
      return decisions;
    },
  };
}

/** Median and deviation of each cell. */
function summarise(frames: readonly Float32Array[]): {
  celsius: Float32Array;
  strayCelsius: Float32Array;
} {
  const [celsius, strayCelsius] = [new Float32Array(pixels), new Float32Array(pixels)];
  const values = new Float32Array(frames.length);
  for (let cell = 0; cell < pixels; cell++) {
    frames.forEach((frame, index) => {
      values[index] = frame[cell] ?? 0;
    });
    const median = medianOf(values);
    for (let index = 0; index < values.length; index++) {
      values[index] = Math.abs((values[index] ?? 0) - median);
    }
    celsius[cell] = median;
    strayCelsius[cell] = toDeviation * medianOf(values);
  }
  return { celsius, strayCelsius };
}

/** Sorts `values` in place. */
function medianOf(values: Float32Array): number {
  values.sort();
  const middle = values.length >> 1;
  const upper = values[middle] ?? 0;
  return values.length % 2 === 1 ? upper : ((values[middle - 1] ?? 0) + upper) / 2;
}
