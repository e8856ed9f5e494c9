/** The life of an erasure. `asked` may be called off; `erasing`: nobody gets in any more; `erased`: nothing is left. */
export const erasureStates = ["asked", "erasing", "erased"] as const;
export type ErasureState = (typeof erasureStates)[number];
