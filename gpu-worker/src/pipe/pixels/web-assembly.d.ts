/**
 * The part of the WebAssembly JavaScript interface that the worker uses: TypeScript declares it for browsers only.
 * Source: W3C, "WebAssembly JavaScript Interface", Core Specification 2.
 */
declare namespace WebAssembly {
  const Module: new (bytes: Uint8Array) => object;
  const Instance: new (module: object) => { readonly exports: object };
  interface Memory {
    /** Another one after each `grow`, which detaches the last. */
    readonly buffer: ArrayBuffer;
    /** In pages of 64 KiB. */
    grow(pages: number): number;
  }
  /** A trap: what ran stopped in the middle. */
  class RuntimeError extends Error {}
}
