/** Stands for the module `k6/timers`. */
const { setTimeout } = globalThis;

export { setTimeout };
