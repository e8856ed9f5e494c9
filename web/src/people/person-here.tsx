/** A person who is signed in: invited, new, with a choice of accounts, or in one of them. */

import { useCallback, useEffect, useState } from "react";
import type { Memberships } from "../api/contract.ts";
import { go, invitationPath, usePath } from "../shell/route.ts";
import { SignedIn } from "../shell/signed-in.tsx";
import { signOut } from "../sign-in/ask.ts";
import { changeLanguage } from "../words/change-language.ts";
import { ChooseAccount } from "./choose-account.tsx";
import { InvitationPage } from "./invitation-page.tsx";
import { OpenAccount } from "./open-account.tsx";

const storageKey = "vigil.account";

export function PersonHere({ here, onChanged }: { here: Memberships; onChanged: () => void }) {
  const path = usePath();
  const [chosen, setChosen] = useState(() => localStorage.getItem(storageKey));
  const choose = useCallback((id: string | null) => {
    if (id === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, id);
    setChosen(id);
  }, []);
  const enter = (id: string) => {
    choose(id);
    go("/");
    onChanged();
  };
  const leave = () => void signOut().then(onChanged, onChanged);

  const { person, items } = here;
  // What they have chosen anywhere holds in this browser too.
  useEffect(() => {
    if (person.language !== null) changeLanguage(person.language);
  }, [person.language]);
  if (path === invitationPath) {
    return <InvitationPage email={person.email} onJoined={enter} onLeave={leave} />;
  }
  if (items.length === 0) return <OpenAccount email={person.email} onOpened={enter} onLeave={leave} />;
  const [only] = items.length === 1 ? items : [];
  const membership = items.find(({ account }) => account.id === chosen) ?? only;
  if (membership === undefined) return <ChooseAccount here={here} onChoose={choose} onLeave={leave} />;
  return (
    <SignedIn
      key={membership.account.id}
      credential={{ account: membership.account.id }}
      membership={membership}
      onSignOut={(wasRefused) => (wasRefused ? onChanged() : leave())}
      onSwitch={items.length > 1 ? () => choose(null) : undefined}
      onChanged={onChanged}
    />
  );
}
