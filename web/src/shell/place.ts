/** Where a reader was in a long list. */
import type { VirtualItem } from "@tanstack/react-virtual";

export type Place = { scrollY: number; measured: VirtualItem[] };
