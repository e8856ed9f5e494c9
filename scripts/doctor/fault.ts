/** What the doctor finds: what is wrong, in plain words, and what to do about it. */

export const areas = ["environment", "database", "queues", "evidence", "telling", "API"] as const;
export type Area = (typeof areas)[number];

export type Fault = { area: Area; what: string; next: string };

/** What one area is examined for; what it throws is a fault too. */
export type Examination = { area: Area; examine: () => Promise<Fault[]>; ifItThrows: string };

/** Every fault of an area; one that cannot be spoken to at all has one fault, which says so. */
export async function runExamination({ area, examine, ifItThrows }: Examination): Promise<Fault[]> {
  try {
    return await examine();
  } catch (error) {
    return [{ area, what: `could not be asked: ${messageOf(error)}`, next: ifItThrows }];
  }
}

/** The first line: the rest of what libraries say is for those who wrote them. */
export function messageOf(error: unknown): string {
  const causes = error instanceof AggregateError ? error.errors : [error];
  const texts = causes.map((cause: unknown) =>
    cause instanceof Error ? cause.message || cause.name : String(cause),
  );
  return (texts.join("; ").split("\n")[0] ?? "").slice(0, 300);
}
