/** The console as a whole: who is here, and the page for them. */

import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { PersonHere } from "../people/person-here.tsx";
import { usePerson } from "../people/use-person.ts";
import { SignIn } from "../sign-in/sign-in.tsx";
import * as Token from "../sign-in/token.ts";
import { everywhere } from "../words/say.ts";
import { Notice } from "./notice.tsx";
import { isErasurePath, isOperatorPath, usePath } from "./route.ts";
import { say } from "./say.ts";
import { SignedIn } from "./signed-in.tsx";

const OperatorPage = lazy(async () => ({
  default: (await import("../operator/operator-page.tsx")).OperatorPage,
}));

const ErasurePage = lazy(async () => ({
  default: (await import("../erasure/erasure-page.tsx")).ErasurePage,
}));

/** Takes a token out of the address, and the address bar no longer shows it. */
function takeToken(): string | undefined {
  const token = Token.fromFragment(location.hash);
  if (token === undefined) return undefined;
  history.replaceState(null, "", location.pathname + location.search);
  return token;
}

export function App() {
  const path = usePath();
  // Operators have a key of their own and nothing of any account, and whoever had one erased has none any more: their pages
  // stand beside the rest.
  const Beside = isOperatorPath(path) ? OperatorPage : isErasurePath(path) ? ErasurePage : undefined;
  if (!Beside) return <MemberApp />;
  return (
    <Suspense fallback={<main className="alone" aria-busy="true" aria-label={say.starting} />}>
      <Beside />
    </Suspense>
  );
}

function MemberApp() {
  const [token, setToken] = useState(() => takeToken() ?? Token.load(sessionStorage));
  const [fault, setFault] = useState<string>();

  useEffect(() => {
    if (token !== undefined) Token.keep(sessionStorage, token);
  }, [token]);

  useEffect(() => {
    const onFragment = () => {
      const given = takeToken();
      if (given === undefined) return;
      setFault(undefined);
      setToken(given);
    };
    window.addEventListener("hashchange", onFragment);
    return () => window.removeEventListener("hashchange", onFragment);
  }, []);

  const onEnd = useCallback((wasRefused: boolean) => {
    Token.forget(sessionStorage);
    setToken(undefined);
    setFault(wasRefused ? say.tokenEnded : undefined);
  }, []);

  if (token === undefined) return <Door fault={fault} onToken={setToken} />;
  return <SignedIn key={token} credential={{ token }} onSignOut={onEnd} />;
}

/** For whoever has no token: signed in as a person, or not yet. */
function Door({ fault, onToken }: { fault: string | undefined; onToken: (token: string) => void }) {
  const { here, failure, look } = usePerson();
  if (failure !== undefined) {
    return (
      <main className="alone">
        <Notice title={failure.what} detail={failure.next} action={everywhere.tryAgain} onAction={look} />
      </main>
    );
  }
  if (here === undefined) return <main className="alone" aria-busy="true" aria-label={say.starting} />;
  if (here === null) return <SignIn fault={fault} onToken={onToken} onSignedIn={look} />;
  return <PersonHere here={here} onChanged={look} />;
}
