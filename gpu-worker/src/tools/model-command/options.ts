/** What the command line of `npm run model` says, parsed and checked. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";

export const help = `usage: npm run model -- <command> [<model>] [options]

  prepare  <model>   dynamic batch, uint8 pixels in, reduced candidates out; float32
  quantize <model>   the same in static INT8, calibrated on your frames
  inspect  <model>   inputs, outputs, operators, opset, and the layout that Vigil sees
  list               the catalogue with licences, and what is prepared on this machine

<model> is a name of the catalogue or the path of an .onnx file.

options
  --calibrate DIR        quantize: images of your cameras; sample photographs when absent
  --hold-out DIR         quantize: images to measure agreement on; the last third of --calibrate when absent
  --no-mixed             quantize: full INT8 even when its agreement misses 98 %
  --full-weight-range    quantize: 8-bit weights, only for processors with VNNI (7 of the bits otherwise)
  --as NAME              name of the result (default: the model's own with -float32 or -int8 behind it)
  --layout yolov8|yolox  of an .onnx file whose shapes do not tell
  --size PIXELS          side of the square input, where the file leaves it open
  --labels FILE          one label a line, in the order of the classes (default: COCO for 80 classes)
  --licence TEXT         of an .onnx file, for its manifest
  --candidates COUNT     rows of the reduced output (default 300)
  --cache-dir DIR        where models are kept (default .vigil/cache)
  --help                 this text

Ctrl-C stops between two frames; nothing half-written is left behind.
`;

const commandName = z.enum(["prepare", "quantize", "inspect", "list"]);

const Options = z
  .object({
    command: commandName,
    model: z.string().optional(),
    calibrate: z.string().optional(),
    "hold-out": z.string().optional(),
    "no-mixed": z.boolean().default(false),
    "full-weight-range": z.boolean().default(false),
    as: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "expected 1..64 of a-z 0-9 . _ -")
      .optional(),
    layout: z.enum(["yolov8", "yolox"]).optional(),
    size: z.coerce.number().int().min(32).max(2048).multipleOf(32).optional(),
    labels: z.string().optional(),
    licence: z.string().min(1).optional(),
    candidates: z.coerce.number().int().min(1).max(10_000).default(300),
    "cache-dir": z
      .string()
      .min(1)
      .default(join(process.cwd(), ".vigil", "cache")),
  })
  .refine(({ command, model }) => command === "list" || model !== undefined, {
    error: "expected a model: a name of the catalogue (npm run model -- list) or the path of an .onnx file",
  })
  .refine(({ calibrate, "hold-out": heldOut }) => heldOut === undefined || calibrate !== undefined, {
    error: "--hold-out needs --calibrate",
  });
export type Options = z.infer<typeof Options>;

/** "help" when that is what is asked for; throws with every fault at once. */
export function parseOptions(argv: readonly string[]): Options | "help" {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      calibrate: { type: "string" },
      "hold-out": { type: "string" },
      "no-mixed": { type: "boolean" },
      "full-weight-range": { type: "boolean" },
      as: { type: "string" },
      layout: { type: "string" },
      size: { type: "string" },
      labels: { type: "string" },
      licence: { type: "string" },
      candidates: { type: "string" },
      "cache-dir": { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [command, model, ...rest] = positionals;
  if (values.help || command === undefined) return "help";
  if (rest.length > 0) {
    throw new Error(`expected one model, got also ${rest.join(" ")} (--help lists the options)`);
  }
  const parsed = Options.safeParse({ command, model, ...values });
  if (!parsed.success) throw new Error(`${z.prettifyError(parsed.error)}\n(--help lists the options)`);
  return parsed.data;
}
