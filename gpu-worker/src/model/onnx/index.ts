/** ONNX models as graphs that can be read, checked and edited. */
export { inspect } from "./inspect.ts";
export { recognise } from "./layout.ts";
export { AgreementFigures, Manifest, sha256, sha256OfList } from "./manifest.ts";
export { type PrepareOptions, prepare } from "./prepare.ts";
export { decode, encode } from "./protobuf.ts";
export { write } from "./write.ts";
