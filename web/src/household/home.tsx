/** The first page: the newest digests, and beside them what is under way, what is left, and what is watching. */

import { GatewaysPanel } from "../gateway/gateways-panel.tsx";
import { InboxPage } from "../inbox/inbox-page.tsx";
import { DevicesPanel } from "./devices-panel.tsx";
import { say } from "./say.ts";
import { SessionsPanel } from "./sessions-panel.tsx";
import { UsagePanel } from "./usage-panel.tsx";

export function Home() {
  return (
    <div className="page home">
      <main id="content" tabIndex={-1}>
        <InboxPage />
      </main>
      <aside aria-label={say.household}>
        <SessionsPanel />
        <UsagePanel />
        <GatewaysPanel />
        <DevicesPanel />
      </aside>
    </div>
  );
}
