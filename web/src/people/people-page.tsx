/** Who is in the account, who is invited, one's own ways in, and what was done. */

import { useEffect } from "react";
import { useAnswer } from "../api/use-answer.ts";
import { Link } from "../shell/link.tsx";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { ago } from "../words/time.ts";
import { InvitationsPanel } from "./invitations-panel.tsx";
import { MembersPanel } from "./members-panel.tsx";
import { PasskeysPanel } from "./passkeys-panel.tsx";
import { say } from "./say.ts";
import { TokensPanel } from "./tokens-panel.tsx";
import { deedOf } from "./words.ts";

export function PeoplePage() {
  const { membership } = useVisit();
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  const role = membership?.role;
  return (
    <main id="content" className="page endpoints" tabIndex={-1}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <h1>{say.people}</h1>
      <MembersPanel />
      {role === "owner" ? <InvitationsPanel /> : null}
      {membership === undefined ? null : <PasskeysPanel />}
      {membership === undefined ? null : <TokensPanel />}
      {role === "viewer" ? null : <AuditPanel />}
    </main>
  );
}

const everyMs = 10_000;

function AuditPanel() {
  const { api, account } = useVisit();
  const { value: entries } = useAnswer(["audit"], api.audit, everyMs);
  const now = useNow(10_000);
  return (
    <section className="panel" aria-labelledby="audit-title" aria-busy={entries === undefined}>
      <h2 id="audit-title">{say.whatWasDone}</h2>
      <ul className="rows">
        {entries?.map((entry) => (
          <li key={entry.id} className="session">
            <p>{deedOf(entry)}</p>
            <p className="quiet">{ago(entry.at, account.timeZone, now)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
