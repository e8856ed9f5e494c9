/**
 * Arithmetic over whole pictures, in WebAssembly: four to ten times as fast as the same loops in JavaScript.
 * Everything is copied into the kernels' memory and out again, so that nothing here outlives its call.
 */
export { averageLuma } from "./average-luma.ts";
export { resample } from "./resample.ts";
export { copyPixels, type Rgb, rgb } from "./rgb.ts";
