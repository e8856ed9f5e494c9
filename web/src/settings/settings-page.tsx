/** What the account has chosen for itself, what it called false, and everything that was done in it. */

import { useEffect } from "react";
import { Link } from "../shell/link.tsx";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { AuditPanel } from "./audit-panel.tsx";
import { ClockPanel } from "./clock-panel.tsx";
import { ConsentPanel } from "./consent-panel.tsx";
import { ErasurePanel } from "./erasure-panel.tsx";
import { ExportPanel } from "./export-panel.tsx";
import { FalsePanel } from "./false-panel.tsx";
import { LanguagePanel } from "./language-panel.tsx";
import { PicturesPanel } from "./pictures-panel.tsx";
import { say } from "./say.ts";
import { TrialsPanel } from "./trials-panel.tsx";

export function SettingsPage() {
  const { membership } = useVisit();
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  // A token does not say whose it is: the API refuses what its member may not do.
  const role = membership?.role ?? "owner";
  return (
    <main id="content" className="page endpoints" tabIndex={-1}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <h1>{say.settings}</h1>
      <LanguagePanel />
      <ClockPanel mayChange={role === "owner"} />
      <ConsentPanel mayChange={role === "owner"} />
      <PicturesPanel mayChange={role === "owner"} />
      <TrialsPanel mayChange={role === "owner"} />
      {role === "viewer" ? null : <FalsePanel />}
      {role === "viewer" ? null : <AuditPanel />}
      {role === "owner" ? <ExportPanel /> : null}
      <ErasurePanel isOwner={role === "owner"} />
    </main>
  );
}
