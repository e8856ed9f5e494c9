/** How many fetches run at once: so many in all, so many from one host, the urgent first. */
import { type Budget, createBudget, type GiveBack } from "../../bounds/budget.ts";

export interface FetchLimits {
  /** Resolves once there is room for a fetch from this host. */
  take(host: string, options: { priority: number }): Promise<GiveBack>;
}

export function createFetchLimits(options: { fetchesMax: number; perHostMax: number }): FetchLimits {
  const all = createBudget({ name: "fetches", total: options.fetchesMax });
  /** Few hosts are ever configured, so this map stays as small as the configuration. */
  const ofHosts = new Map<string, Budget>();

  function ofHost(host: string): Budget {
    const known = ofHosts.get(host);
    if (known) return known;
    const made = createBudget({ name: `fetches from ${host}`, total: options.perHostMax });
    ofHosts.set(host, made);
    return made;
  }

  return {
    async take(host, { priority }) {
      const giveBackHost = await ofHost(host).take(1, { priority });
      const giveBack = await all.take(1, { priority });
      return () => {
        giveBack();
        giveBackHost();
      };
    },
  };
}
