/** From a recogniser's probabilities to text. Source: Graves et al., "Connectionist Temporal Classification" (2006), best path. */

export type ReadText = { text: string; confidence: number };

/**
 * `output` is [steps, 1 + characters.length]; class 0 is the blank. Repeats fold into one character unless a blank
 * lies between. The confidence is the mean over the characters that stay.
 */
export function readText(output: Float32Array, characters: readonly string[]): ReadText {
  const classes = characters.length + 1;
  let text = "";
  let sum = 0;
  let count = 0;
  let previous = 0;
  for (let row = 0; row + classes <= output.length; row += classes) {
    let best = 0;
    for (let index = 1; index < classes; index += 1) {
      if ((output[row + index] as number) > (output[row + best] as number)) best = index;
    }
    if (best !== 0 && best !== previous) {
      text += characters[best - 1] ?? "";
      sum += output[row + best] as number;
      count += 1;
    }
    previous = best;
  }
  return { text, confidence: count === 0 ? 0 : Math.min(1, sum / count) };
}

const lengthMin = 4;
const lengthMax = 10;

/** The text as a number plate writes it, or undefined when it is none: 4 to 10 letters and digits, one digit at least. */
export function asPlate(text: string): string | undefined {
  const plain = text.toUpperCase().replaceAll(/[^\p{Script=Han}A-Z0-9]/gu, "");
  const { length } = Array.from(plain);
  return length >= lengthMin && length <= lengthMax && /\d/.test(plain) ? plain : undefined;
}
