/**
 * ONNX Runtime, with its telemetry switched off first. Nothing else loads `onnxruntime-node` (a layout rule holds it),
 * so that no process or thread does so in another way.
 *
 *     import { InferenceSession } from "../model/runtime/index.ts";
 */
import type * as ort from "onnxruntime-node";
import { switchTelemetryOff } from "./config.ts";

switchTelemetryOff();

export type InferenceSession = ort.InferenceSession;
export type Tensor = ort.Tensor;
export type OnnxValueMap = ort.InferenceSession.OnnxValueMapType;
// Not a static import: those are evaluated before the line above.
export const { InferenceSession, Tensor } = await import("onnxruntime-node");
