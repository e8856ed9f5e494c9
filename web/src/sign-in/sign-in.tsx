/** The way in: a code by e-mail, a passkey, or a member token for whoever has one. */

import { type SubmitEvent, useId, useState } from "react";
import { Mark } from "../shell/mark.tsx";
import { useTry } from "../shell/use-try.ts";
import { changeLanguage } from "../words/change-language.ts";
import { LanguageChoice } from "../words/language-choice.tsx";
import { Marked } from "../words/marked.tsx";
import { everywhere } from "../words/say.ts";
import { enterCode, hasPasskeys, sendCode, signInWithPasskey } from "./ask.ts";
import { say } from "./say.ts";
import { TokenForm } from "./token-form.tsx";

type Props = {
  /** What ended the visit before this one. */
  fault: string | undefined;
  onToken: (token: string) => void;
  onSignedIn: () => void;
};

export function SignIn({ fault, onToken, onSignedIn }: Props) {
  const [way, setWay] = useState<"code" | "token">("code");
  return (
    <main className="alone">
      <div className="sign-in">
        <Mark />
        <h1>Vigil</h1>
        <p className="lead">{say.lead}</p>
        {fault === undefined ? null : (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
        {way === "code" ? <CodeForm onSignedIn={onSignedIn} /> : <TokenForm onToken={onToken} />}
        <button
          type="button"
          className="button-quiet"
          onClick={() => setWay(way === "code" ? "token" : "code")}
        >
          {way === "code" ? say.byToken : say.byEmail}
        </button>
        <LanguageChoice label={say.language} onChoose={changeLanguage} />
      </div>
    </main>
  );
}

/** A stack on this machine catches its mails, and its console leads to them. */
const isLocal = location.hostname === "localhost";

function CodeForm({ onSignedIn }: { onSignedIn: () => void }) {
  const [email, setEmail] = useState("");
  const [sentTo, setSentTo] = useState<string>();
  const attempt = useTry();
  const field = useId();
  if (sentTo !== undefined) {
    return <EnterCode email={sentTo} onSignedIn={onSignedIn} onBack={() => setSentTo(undefined)} />;
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    attempt.run(async () => {
      await sendCode(email.trim());
      setSentTo(email.trim());
    });
  };
  const usePasskey = () =>
    attempt.run(async () => {
      await signInWithPasskey();
      onSignedIn();
    });
  return (
    <form onSubmit={submit}>
      <label htmlFor={field}>{say.email}</label>
      <input
        id={field}
        type="email"
        required
        autoComplete="email"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        aria-describedby={`${field}-what`}
      />
      <p id={`${field}-what`} className="small">
        {say.youGetACode}
      </p>
      <button type="submit" className="button" disabled={attempt.busy}>
        {attempt.busy ? everywhere.oneMoment : say.sendCode}
      </button>
      {hasPasskeys() ? (
        <button type="button" className="button-small" disabled={attempt.busy} onClick={usePasskey}>
          {say.withPasskey}
        </button>
      ) : null}
      <p className="fault" role="alert">
        {attempt.fault}
      </p>
    </form>
  );
}

function EnterCode(props: { email: string; onSignedIn: () => void; onBack: () => void }) {
  const { email, onSignedIn, onBack } = props;
  const [code, setCode] = useState("");
  const attempt = useTry();
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    attempt.run(async () => {
      await enterCode(code);
      onSignedIn();
    });
  };
  return (
    <form onSubmit={submit}>
      <p>
        <Marked text={say.onItsWay(email)}>{(to) => <strong>{to}</strong>}</Marked>
        {isLocal ? (
          <>
            {" "}
            <a href="/caught-mail" target="_blank" rel="noreferrer">
              {say.readLocalMail}
            </a>
          </>
        ) : null}
      </p>
      <label htmlFor={field}>{say.code}</label>
      <input
        id={field}
        required
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        placeholder="XXXX-XXXX"
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <button type="submit" className="button" disabled={attempt.busy}>
        {attempt.busy ? everywhere.signingIn : everywhere.signIn}
      </button>
      <p className="fault" role="alert">
        {attempt.fault}
      </p>
      <button type="button" className="button-quiet" onClick={onBack}>
        {say.anotherAddress}
      </button>
    </form>
  );
}
