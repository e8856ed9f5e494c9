/** The first page: the newest digests, and beside them what is under way, what is left, and what is watching. */
import { useEffect } from "react";
import { DigestList } from "../digest/digest-list.tsx";
import { DigestSearch } from "../digest/digest-search.tsx";
import { GatewaysPanel } from "../gateway/gateways-panel.tsx";
import { useVisit } from "../shell/visit.ts";
import { DevicesPanel } from "./devices-panel.tsx";
import { SessionsPanel } from "./sessions-panel.tsx";
import { UsagePanel } from "./usage-panel.tsx";

export function Home() {
  const { account } = useVisit();
  useEffect(() => {
    document.title = `Vigil · ${account.name}`;
  }, [account.name]);
  return (
    <div className="page home">
      <main id="content" tabIndex={-1}>
        <DigestSearch>
          <DigestList />
        </DigestSearch>
      </main>
      <aside aria-label="Household">
        <SessionsPanel />
        <UsagePanel />
        <GatewaysPanel />
        <DevicesPanel />
      </aside>
    </div>
  );
}
