/** Models, as their exporters left them. */
import { inspect } from "../../../gpu-worker/src/model/onnx/inspect.ts";
import { decode } from "../../../gpu-worker/src/model/onnx/protobuf.ts";
import { smallDetector } from "../../../gpu-worker/testing/small-detector.ts";
import { ending, type Target } from "../target.ts";

export const models: Target = {
  bytesMax: 65_536,
  tokens: ["images", "output0", "Constant", "Conv", "Reshape", "boxes"],
  seeds: () => (["yolov8", "yolox"] as const).map((layout) => Buffer.from(smallDetector(layout))),
  open: () => ({
    take: (input) =>
      ending(
        () => {
          const { verdict } = inspect(decode(input));
          if (/not a function|undefined|null \(/.test(verdict)) throw new TypeError(verdict);
        },
        (error) => error instanceof Error && error.message.startsWith("expected "),
      ),
  }),
};
