/** Whether texts and pictures from elsewhere are what they claim to be: asking, what was asked before, and how often that is wrong. */
import { useEffect, useState } from "react";
import type { Check } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Link } from "../shell/link.tsx";
import { useVisit } from "../shell/visit.ts";
import { number } from "../words/counted.ts";
import { everywhere } from "../words/say.ts";
import { CheckForm } from "./check-form.tsx";
import { CheckList } from "./check-list.tsx";
import { CheckShown } from "./check-shown.tsx";
import { LogHealth } from "./log-health.tsx";
import { Measured } from "./measured.tsx";
import { say } from "./say.ts";

const everyMs = 30_000;

export function ChecksPage() {
  const { api } = useVisit();
  const [latest, setLatest] = useState<Check>();
  const { value: dashboard, refresh } = useAnswer(["checks", "dashboard"], api.checksDashboard, everyMs);
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  const onChecked = (check: Check) => {
    setLatest(check);
    refresh();
  };
  return (
    <main id="content" className="page checks" tabIndex={-1}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <h1>{say.title}</h1>
      <p>{say.lead}</p>
      <CheckForm onChecked={onChecked} />
      <p className="quiet check-left">
        {dashboard === undefined
          ? ""
          : say.left(number(dashboard.allowance.left), number(dashboard.allowance.points))}
      </p>
      {latest === undefined ? null : (
        <section className="panel" aria-labelledby="check-answer" aria-live="polite">
          <h2 id="check-answer">{say.answer}</h2>
          <CheckShown check={latest} />
        </section>
      )}
      <CheckList newest={latest?.id} />
      <Measured />
      <LogHealth />
    </main>
  );
}
