/** What an erasure's page asks: by its id alone, and of whoever has that. */
import { bounded, inLanguage } from "../api/asking.ts";
import type { Erasure } from "../api/contract.ts";
import { refusalOf, Unreachable } from "../api/failure.ts";

export async function askReceipt(id: string, signal: AbortSignal): Promise<Erasure> {
  const answer = await fetch(`/v1/erasures/${id}`, { headers: inLanguage(), signal: bounded(signal) }).catch(
    (cause: unknown) => {
      throw new Unreachable("Vigil does not answer", { cause });
    },
  );
  const said: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return said as Erasure;
  throw refusalOf(answer.status, said);
}
