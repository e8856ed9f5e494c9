/** Everything behind the sign-in: the account's header, the page that the address names, and whether the API answers. */

import { QueryClientProvider } from "@tanstack/react-query";
import type { Credential } from "@vigil/client";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { keysOf } from "../api/answers.ts";
import type { Membership } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { CurrentPage } from "./current-page.tsx";
import { Link } from "./link.tsx";
import type { Told } from "./live.ts";
import { Mark } from "./mark.tsx";
import { Notice } from "./notice.tsx";
import { dayPath, endpointsPath, peoplePath, runsPath, settingsPath, trendsPath } from "./route.ts";
import { say } from "./say.ts";
import { createVisit, LiveContext, type Visit, VisitContext } from "./visit.ts";

const accountEveryMs = 60_000;

type Props = {
  credential: Credential;
  /** As whom; absent with a token. */
  membership?: Membership;
  onSignOut: (refused: boolean) => void;
  /** Goes to another of the person's accounts; absent where there is none. */
  onSwitch?: (() => void) | undefined;
  /** The person's accounts have changed. */
  onChanged?: () => void;
};

export function SignedIn({ credential, onSignOut, ...here }: Props) {
  const [visit] = useState(() => createVisit(credential, () => onSignOut(true)));
  useFollowing(visit);
  return (
    <QueryClientProvider client={visit.answers}>
      <LiveContext value={visit.live}>
        <Frame visit={visit} {...here} onSignOut={() => onSignOut(false)} />
      </LiveContext>
    </QueryClientProvider>
  );
}

/** Follows the account's stream while the page is visible, and has what changed asked for again. */
function useFollowing({ live, answers }: Visit) {
  useEffect(() => {
    let following: AbortController | undefined;
    const onTold = (told: Told) => {
      const keys = told === "everything" ? [[]] : keysOf(told);
      for (const queryKey of keys) void answers.invalidateQueries({ queryKey });
    };
    const follow = () => {
      const isVisible = document.visibilityState === "visible";
      if (isVisible === (following !== undefined)) return;
      following?.abort();
      following = isVisible ? new AbortController() : undefined;
      if (following) void live.follow(following.signal, onTold);
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      following?.abort();
    };
  }, [live, answers]);
}

type FrameProps = Pick<Props, "membership" | "onSwitch" | "onChanged"> & {
  visit: Visit;
  onSignOut: () => void;
};

function Frame({ visit, membership, onSignOut, onSwitch, onChanged }: FrameProps) {
  const account = useAnswer(["account"], visit.api.account, accountEveryMs);
  const shared = useMemo(
    () =>
      account.value === undefined
        ? null
        : { ...visit, account: account.value, membership, onLeft: () => onChanged?.() },
    [visit, account.value, membership, onChanged],
  );
  return (
    <>
      <a className="skip" href="#content">
        {say.skip}
      </a>
      <header className="top">
        <Link className="brand" href="/" aria-label={say.brand}>
          <Mark />
          <span>Vigil</span>
        </Link>
        <p className="top-account">{account.value?.name}</p>
        <Link className="button-quiet" href={dayPath()}>
          {say.day}
        </Link>
        <Link className="button-quiet" href={trendsPath}>
          {say.trends}
        </Link>
        <Link className="button-quiet" href={runsPath}>
          {say.runs}
        </Link>
        {onSwitch === undefined ? null : (
          <button type="button" className="button-quiet" onClick={onSwitch}>
            {say.switchAccount}
          </button>
        )}
        <Link className="button-quiet" href={peoplePath}>
          {say.people}
        </Link>
        <Link className="button-quiet" href={endpointsPath}>
          {say.tellMe}
        </Link>
        <Link className="button-quiet" href={settingsPath}>
          {say.settings}
        </Link>
        <button type="button" className="button-quiet" onClick={onSignOut}>
          {everywhere.signOut}
        </button>
      </header>
      <ReachBanner visit={visit} />
      {shared === null ? (
        <Arriving failure={account.failure} onRetry={account.refresh} />
      ) : (
        <VisitContext value={shared}>
          <CurrentPage />
        </VisitContext>
      )}
    </>
  );
}

function Arriving({ failure, onRetry }: { failure: unknown; onRetry: () => void }) {
  if (failure === undefined) {
    return <main id="content" className="page" aria-busy="true" aria-label={everywhere.loading} />;
  }
  const { what, next, requestId } = explain(failure);
  const small = requestId === undefined ? undefined : everywhere.request(requestId);
  return (
    <main id="content" className="page">
      <Notice title={what} detail={next} small={small} action={everywhere.tryNow} onAction={onRetry} />
    </main>
  );
}

/** Says that the API is away, once that is certain, and that what is shown may be old. */
function ReachBanner({ visit }: { visit: Visit }) {
  const reached = useSyncExternalStore(visit.reach.subscribe, visit.reach.read);
  return (
    <div className="reach" role="status">
      {reached ? null : <p>{say.away}</p>}
    </div>
  );
}
