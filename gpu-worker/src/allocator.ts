/**
 * The environment that makes glibc's allocator suit a worker. It is read before a process begins, so whoever starts
 * one sets it; the images do. Other allocators ignore it.
 */
export const allocatorSettings = {
  /** One heap a thread, and what images leave in each, would make memory grow for hours. */
  MALLOC_ARENA_MAX: "2",
  /** Images come from a heap that keeps their room: taking a megabyte from the system costs more than copying it. */
  MALLOC_MMAP_THRESHOLD_: String(8 * 1024 * 1024),
  /** Free bytes at the end of a heap beyond which they are given back. */
  MALLOC_TRIM_THRESHOLD_: String(32 * 1024 * 1024),
} as const;
