/**
 * The thread that reads statements of origin, as a function's archive has it: a bundle is one program and cannot hold another,
 * so that its sources lie beside it (`functions/src/check-tools.ts` knows where), and what they import is installed.
 */
const sources = "packages/core/src/provenance";

export const manifestReader = Object.freeze({
  packages: ["@contentauth/c2pa-wasm"],
  files: ["manifest-worker.ts", "bound-memory.ts", "messages.ts"].map((file) => ({
    from: `${sources}/${file}`,
    to: `manifest-reader/${file}`,
  })),
});
