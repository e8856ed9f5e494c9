/** The way in: a code by e-mail, a passkey, or a member token for whoever has one. */
import { type SubmitEvent, useId, useState } from "react";
import { Mark } from "../shell/mark.tsx";
import { useTry } from "../shell/use-try.ts";
import { enterCode, hasPasskeys, sendCode, signInWithPasskey } from "./ask.ts";
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
        <p className="lead">What your cameras saw, in a few calm sentences.</p>
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
          {way === "code" ? "Use a member token instead" : "Sign in by e-mail instead"}
        </button>
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
      <label htmlFor={field}>E-mail address</label>
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
        You get a code to sign in with. If you are new here, this is how you begin.
      </p>
      <button type="submit" className="button" disabled={attempt.busy}>
        {attempt.busy ? "One moment…" : "Send me a code"}
      </button>
      {hasPasskeys() ? (
        <button type="button" className="button-small" disabled={attempt.busy} onClick={usePasskey}>
          Use a passkey
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
        A code is on its way to <strong>{email}</strong>.
        {isLocal ? (
          <>
            {" "}
            <a href="/caught-mail" target="_blank" rel="noreferrer">
              Read the mail of this local stack
            </a>
          </>
        ) : null}
      </p>
      <label htmlFor={field}>Code</label>
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
        {attempt.busy ? "Signing in…" : "Sign in"}
      </button>
      <p className="fault" role="alert">
        {attempt.fault}
      </p>
      <button type="button" className="button-quiet" onClick={onBack}>
        Another address, or a new code
      </button>
    </form>
  );
}
