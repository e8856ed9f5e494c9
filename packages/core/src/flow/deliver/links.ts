/** Where a message points to: pages of the console. */
import type { Services } from "../services.ts";

export function consolePage({ telling }: Pick<Services, "telling">, path: string): string {
  return `${telling.consoleOrigin}/${path}`;
}
