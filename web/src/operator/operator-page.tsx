/** For whoever runs Vigil: how busy it is, which model is in use, what nobody could finish, whether all adds up, accounts with their tiers, and traces. */

import { QueryClientProvider } from "@tanstack/react-query";
import { type SubmitEvent, useEffect, useId, useState } from "react";
import { createAnswers } from "../api/answers.ts";
import { type OperatorApi, operate } from "../api/operate.ts";
import { ModelsPanel } from "../models/models-panel.tsx";
import { Mark } from "../shell/mark.tsx";
import { useTry } from "../shell/use-try.ts";
import { everywhere } from "../words/say.ts";
import { AccountsPanel } from "./accounts-panel.tsx";
import { AllLedgerPanel } from "./all-ledger-panel.tsx";
import { DeadLettersPanel } from "./dead-letters-panel.tsx";
import * as Key from "./key.ts";
import { LoadPanel } from "./load-panel.tsx";
import { say } from "./say.ts";
import { TracesPanel } from "./traces-panel.tsx";

export function OperatorPage() {
  const [key, setKey] = useState(() => Key.load(sessionStorage));
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  const end = () => {
    Key.forget(sessionStorage);
    setKey(undefined);
  };
  if (key === undefined) {
    const begin = (given: string) => {
      Key.keep(sessionStorage, given);
      setKey(given);
    };
    return <KeyForm onKey={begin} />;
  }
  return <Operated key={key} operatorKey={key} onEnd={end} />;
}

function Operated({ operatorKey, onEnd }: { operatorKey: string; onEnd: () => void }) {
  const [api] = useState(() => operate(operatorKey, onEnd));
  const [answers] = useState(createAnswers);
  return (
    <QueryClientProvider client={answers}>
      <header className="top">
        <span className="brand">
          <Mark />
          <span>Vigil</span>
        </span>
        <p className="top-account">{say.operator}</p>
        <button type="button" className="button-quiet" onClick={onEnd}>
          {everywhere.signOut}
        </button>
      </header>
      <main id="content" className="page operator" tabIndex={-1}>
        <h1>{say.operator}</h1>
        <Panels api={api} />
      </main>
    </QueryClientProvider>
  );
}

function Panels({ api }: { api: OperatorApi }) {
  return (
    <>
      <LoadPanel api={api} />
      <ModelsPanel api={api} />
      <DeadLettersPanel api={api} />
      <AccountsPanel api={api} />
      <AllLedgerPanel api={api} />
      <TracesPanel api={api} />
    </>
  );
}

/** An operator's key, pasted. It is tried before it is kept. */
function KeyForm({ onKey }: { onKey: (key: string) => void }) {
  const [text, setText] = useState("");
  const attempt = useTry();
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = text.trim();
    const fault = Key.faultIn(key);
    attempt.say(fault);
    if (fault !== undefined) return;
    attempt.run(async () => {
      await operate(key).load();
      onKey(key);
    });
  };
  return (
    <main className="alone">
      <form className="sign-in" onSubmit={submit} noValidate>
        <Mark />
        <h1>{say.operator}</h1>
        <p className="lead">{say.lead}</p>
        <label htmlFor={field}>{say.key}</label>
        <input
          id={field}
          type="password"
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder="vgl_opr_…"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={attempt.fault !== undefined}
          aria-describedby={`${field}-fault`}
        />
        <p id={`${field}-fault`} className="fault" role="alert">
          {attempt.fault}
        </p>
        <button type="submit" className="button" disabled={attempt.busy}>
          {attempt.busy ? everywhere.signingIn : everywhere.signIn}
        </button>
        <p className="small">{say.keyStays}</p>
      </form>
    </main>
  );
}
