/** Boxes that may become detections: parallel arrays that one lane fills again for every image. */
export type Candidates = {
  count: number;
  /** In pixels of the letterboxed input. */
  centreX: Float32Array;
  centreY: Float32Array;
  width: Float32Array;
  height: Float32Array;
  score: Float32Array;
  /** Class index. */
  classIndex: Int32Array;
};

export function createCandidates(capacity: number): Candidates {
  return {
    count: 0,
    centreX: new Float32Array(capacity),
    centreY: new Float32Array(capacity),
    width: new Float32Array(capacity),
    height: new Float32Array(capacity),
    score: new Float32Array(capacity),
    classIndex: new Int32Array(capacity),
  };
}

/** Boxes that no picture can hold (not finite, or empty) are left out. */
export function add(
  to: Candidates,
  centreX: number,
  centreY: number,
  width: number,
  height: number,
  score: number,
  classIndex: number,
): void {
  if (!(width > 0 && height > 0 && Number.isFinite(centreX + centreY + width + height))) return;
  const at = to.count;
  to.centreX[at] = centreX;
  to.centreY[at] = centreY;
  to.width[at] = width;
  to.height[at] = height;
  to.score[at] = score;
  to.classIndex[at] = classIndex;
  to.count = at + 1;
}
