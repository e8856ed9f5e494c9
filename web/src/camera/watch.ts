/**
 * Watches through a browser's camera: looks at a small grey picture four times a second, and takes a few pictures of what moves.
 * Nothing leaves the page but these.
 */
import { eye, greyOf, openEye } from "./see-motion.ts";

/** Of one happening: the first at once, the others while it goes on. */
const picturesMax = 4;
const pictureEveryMs = 700;
/** What still moves after this is another happening, or the same one's next part. */
const restMs = 12_000;
/** The longer side, pixels: a detector looks at 640. */
const sideMax = 1280;
const jpegQuality = 0.85;

export type Masks = readonly (readonly (readonly number[])[])[];

export type Watching = {
  /** 0..1, how much of the picture differs from what is usual. Told at each look. */
  onLook: (changed: number) => void;
  /** Outlines, as fractions of the picture, under which it is blackened; undefined: they are not known, and no picture is taken. */
  masks: () => Masks | undefined;
  /** Something moved, or somebody asked. */
  onHappening: (at: Date, pictures: readonly Blob[]) => void;
};

/** @returns asks for pictures now, whether or not something moves */
export function watch(
  video: HTMLVideoElement,
  { onLook, masks, onHappening }: Watching,
  signal: AbortSignal,
): () => void {
  const small = canvasOf(eye.width, eye.height);
  const see = openEye();
  let restsUntil = 0;
  let taking = false;

  const take = async () => {
    if (taking || signal.aborted || masks() === undefined) return;
    taking = true;
    const at = new Date();
    try {
      const pictures: Blob[] = [];
      while (pictures.length < picturesMax && !signal.aborted) {
        if (pictures.length > 0) await pause(pictureEveryMs);
        pictures.push(await pictureOf(video, masks() ?? []));
      }
      if (!signal.aborted) onHappening(at, pictures);
    } catch {
      // The camera went away between two pictures, and says so itself.
    } finally {
      restsUntil = performance.now() + restMs;
      taking = false;
    }
  };
  const timer = setInterval(() => {
    if (video.videoWidth === 0) return;
    small.drawImage(video, 0, 0, eye.width, eye.height);
    const { changed, moving } = see(greyOf(small.getImageData(0, 0, eye.width, eye.height).data));
    onLook(changed);
    if (moving && performance.now() >= restsUntil) void take();
  }, eye.everyMs);
  signal.addEventListener("abort", () => clearInterval(timer));
  return () => void take();
}

function canvasOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("expected a canvas to draw on");
  return context;
}

async function pictureOf(video: HTMLVideoElement, masks: Masks): Promise<Blob> {
  const scale = Math.min(1, sideMax / Math.max(video.videoWidth, video.videoHeight));
  const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
  const context = canvasOf(width, height);
  context.drawImage(video, 0, 0, width, height);
  blacken(context, masks);
  return new Promise((resolve, reject) => {
    const taken = (blob: Blob | null) =>
      blob === null ? reject(new Error("expected a picture from the canvas")) : resolve(blob);
    context.canvas.toBlob(taken, "image/jpeg", jpegQuality);
  });
}

/** What lies under a mask leaves the page as black. */
function blacken(context: CanvasRenderingContext2D, masks: Masks): void {
  const { width, height } = context.canvas;
  context.fillStyle = "#000";
  context.strokeStyle = "#000";
  context.lineWidth = 2;
  for (const outline of masks) {
    context.beginPath();
    for (const [x = 0, y = 0] of outline) context.lineTo(x * width, y * height);
    context.closePath();
    context.fill();
    context.stroke();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
