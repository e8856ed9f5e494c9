import { Tensor } from "../../model/runtime/index.ts";
import type { Picture } from "../../pipe/decode/index.ts";

/** uint8 [1, H, W, 3], as a prepared model takes one picture. */
export function tensorOf({ pixels, canvas: { width, height } }: Picture): Tensor {
  return new Tensor("uint8", pixels, [1, height, width, 3]);
}
