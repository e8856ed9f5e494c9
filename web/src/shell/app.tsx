/** The console as a whole: configuration, sign-in, and the signed-in page. */
import { useCallback, useEffect, useState } from "react";
import { SignIn } from "../sign-in/sign-in.tsx";
import * as Token from "../sign-in/token.ts";
import { type Config, loadConfig } from "./config.ts";
import { Notice } from "./notice.tsx";
import { SignedIn } from "./signed-in.tsx";

/** Takes a token out of the address, and the address bar no longer shows it. */
function takeToken(): string | undefined {
  const token = Token.fromFragment(location.hash);
  if (token === undefined) return undefined;
  history.replaceState(null, "", location.pathname + location.search);
  return token;
}

export function App() {
  const [token, setToken] = useState(() => takeToken() ?? Token.load(sessionStorage));
  const [refused, setRefused] = useState(false);
  const { config, fault, retry } = useConfig();

  useEffect(() => {
    if (token !== undefined) Token.keep(sessionStorage, token);
  }, [token]);

  useEffect(() => {
    const onFragment = () => {
      const given = takeToken();
      if (given === undefined) return;
      setRefused(false);
      setToken(given);
    };
    window.addEventListener("hashchange", onFragment);
    return () => window.removeEventListener("hashchange", onFragment);
  }, []);

  const signOut = useCallback((wasRefused: boolean) => {
    Token.forget(sessionStorage);
    setToken(undefined);
    setRefused(wasRefused);
  }, []);

  if (fault !== undefined) {
    return (
      <main className="alone">
        <Notice
          title="The console does not know where Vigil is"
          detail={fault}
          action="Try again"
          onAction={retry}
        />
      </main>
    );
  }
  if (config === undefined) return <main className="alone" aria-busy="true" aria-label="Starting" />;
  if (token === undefined) {
    return <SignIn apiUrl={config.apiUrl} refused={refused} onSignIn={setToken} />;
  }
  return <SignedIn key={token} apiUrl={config.apiUrl} token={token} onSignOut={signOut} />;
}

function useConfig() {
  const [config, setConfig] = useState<Config>();
  const [fault, setFault] = useState<string>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    loadConfig(leaving.signal).then(setConfig, (error: unknown) => {
      if (!leaving.signal.aborted) setFault(error instanceof Error ? error.message : String(error));
    });
    return () => leaving.abort();
  }, [tries]);
  const retry = () => {
    setFault(undefined);
    setTries(tries + 1);
  };
  return { config, fault, retry };
}
