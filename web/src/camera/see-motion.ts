/**
 * Whether something moves before a camera, from small grey pictures of it. Each cell of the picture has a background of its own
 * and knows how restless it usually is, so that a flickering screen or a tree in the window is no news.
 */

/** The picture is looked at in this size. */
export const eye = { width: 64, height: 48, everyMs: 250 } as const;

/** A cell counts as changed from here on, in steps of grey of 255: sensor noise stays below. */
const changeMin = 14;
/** And from this many times its own usual restlessness. */
const restlessTimes = 4;
/** The share of changed cells that is something: a cat across the room. */
const shareMin = 0.006;
/** More than this at once is a lamp, or the camera's own exposure. */
const shareMax = 0.6;
/** How fast the background follows, a look. */
const backgroundRate = 0.04;
const restlessRate = 0.06;
/** After the start and after a lamp, the picture is only learned. */
const learnLooks = 6;
/** Of this many looks in a row, two with a change are motion: one alone is a flash. */
const looksKept = 3;

export type Look = {
  /** 0..1, the share of the picture that differs from what is usual there. */
  changed: number;
  moving: boolean;
};

export function openEye(): (grey: Uint8Array) => Look {
  let background: Float32Array | undefined;
  let restless: Float32Array | undefined;
  let toLearn = learnLooks;
  let lately: boolean[] = [];

  const begin = (grey: Uint8Array): Look => {
    background = Float32Array.from(grey);
    restless ??= new Float32Array(grey.length).fill(2);
    toLearn = learnLooks;
    lately = [];
    return { changed: 0, moving: false };
  };

  return (grey) => {
    if (!background || !restless || background.length !== grey.length) return begin(grey);
    let cells = 0;
    for (let cell = 0; cell < grey.length; cell += 1) {
      const usual = background[cell] ?? 0;
      const unrest = restless[cell] ?? 0;
      const difference = Math.abs((grey[cell] ?? 0) - usual);
      if (difference > Math.max(changeMin, restlessTimes * unrest)) cells += 1;
      background[cell] = usual + backgroundRate * ((grey[cell] ?? 0) - usual);
      // Bounded, so that whoever walks by once does not hide the next.
      restless[cell] = unrest + restlessRate * (Math.min(difference, 2 * changeMin) - unrest);
    }
    const changed = cells / grey.length;
    if (changed > shareMax) return begin(grey);
    if (toLearn > 0) {
      toLearn -= 1;
      return { changed, moving: false };
    }
    lately = [...lately, changed >= shareMin].slice(-looksKept);
    return { changed, moving: lately.filter(Boolean).length >= 2 };
  };
}

/** Grey values of a picture's pixels, red, green, blue and alpha each. */
export function greyOf(pixels: Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(pixels.length / 4);
  for (let index = 0; index < grey.length; index += 1) {
    const at = index * 4;
    grey[index] = ((pixels[at] ?? 0) * 77 + (pixels[at + 1] ?? 0) * 151 + (pixels[at + 2] ?? 0) * 28) >> 8;
  }
  return grey;
}
