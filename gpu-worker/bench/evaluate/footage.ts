/** How many people a digest of footage counts, against what a larger model's tracks say: windows of a street camera. */
import * as Digest from "@vigil/core/digest";
import type { Detection } from "@vigil/core/digest/wire";

/** The footage has two frames a second. */
const framesASecond = 2;
const windowFrames = [1, 8, 20] as const;
const stepFrames = 2;

/** By window, how many people each model's tracks hold; a window of one frame holds those of one picture. */
export function compareCounts(small: readonly Detection[][], large: readonly Detection[][]): string[] {
  return windowFrames.map((frames) => {
    const starts = Array.from(
      { length: Math.max(0, Math.floor((small.length - frames) / stepFrames) + 1) },
      (_, index) => index * stepFrames,
    );
    const off = starts.map((start) =>
      Math.abs(peopleIn(small, start, frames) - peopleIn(large, start, frames)),
    );
    const within = off.filter((one) => one <= 1).length;
    const mean = off.reduce((sum, one) => sum + one, 0) / Math.max(1, off.length);
    const percent = Math.round((1000 * within) / Math.max(1, off.length)) / 10;
    return `  people in ${frames} frames: within one in ${within} of ${off.length} windows (${percent} %), ${mean.toFixed(2)} apart on average`;
  });
}

function peopleIn(detections: readonly Detection[][], start: number, frames: number): number {
  const moments = detections.slice(start, start + frames).map((seen, index) => ({
    id: `picture ${index}`,
    eventId: `event ${index}`,
    capturedAt: new Date(((start + index) * 1000) / framesASecond),
    zone: "street",
    deviceId: "camera",
    eventType: "motion" as const,
    confidence: null,
    finding: { id: `picture ${index}`, outcome: "reviewed" as const, detections: seen },
  }));
  return Digest.tracksIn(moments).filter(({ kind }) => kind === "person").length;
}
