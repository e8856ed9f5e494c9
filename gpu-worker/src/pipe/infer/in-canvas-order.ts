import type { Picture } from "../decode/index.ts";

/**
 * Asks about the pictures in the order of their canvases, and answers in their own order: pictures of one canvas run
 * in one batch only when they stand side by side.
 */
export async function inCanvasOrder<P extends Picture, Answer>(
  pictures: readonly P[],
  ask: (ordered: P[]) => Promise<Answer[]>,
): Promise<Answer[]> {
  const key = ({ canvas: { width, height } }: P) => `${width} x ${height}`;
  const groups = [...Map.groupBy(pictures.keys(), (position) => key(pictures[position] as P)).values()];
  const positions = groups.flat();
  const answers = await ask(positions.map((position) => pictures[position] as P));
  const inOwnOrder: Answer[] = [];
  positions.forEach((position, index) => {
    inOwnOrder[position] = answers[index] as Answer;
  });
  return inOwnOrder;
}
