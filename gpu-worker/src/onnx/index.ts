/** ONNX models as graphs that can be read, checked and edited. */
export { type Layout, type Recognised, recognise } from "./layout.ts";
export { AgreementFigures, Manifest } from "./manifest.ts";
export { type PrepareOptions, prepare } from "./prepare.ts";
export { decode, encode, type Model } from "./protobuf.ts";
