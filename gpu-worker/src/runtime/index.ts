/**
 * ONNX Runtime, with its telemetry switched off first. Nothing else imports `onnxruntime-node` (a layout rule holds
 * it), so that no process or thread loads the library in another way.
 *
 *     import { InferenceSession } from "../runtime/index.ts";
 */
import "./config.ts";

export { InferenceSession, Tensor } from "onnxruntime-node";
