/** The console as a whole: sign-in and the signed-in page. */
import { useCallback, useEffect, useState } from "react";
import { SignIn } from "../sign-in/sign-in.tsx";
import * as Token from "../sign-in/token.ts";
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

  if (token === undefined) {
    return <SignIn refused={refused} onSignIn={setToken} />;
  }
  return <SignedIn key={token} token={token} onSignOut={signOut} />;
}
