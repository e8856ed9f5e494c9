/** Which of a person's accounts is meant. */

import type { Memberships } from "../api/contract.ts";
import { Mark } from "../shell/mark.tsx";
import { everywhere } from "../words/say.ts";
import { say } from "./say.ts";

type Props = { here: Memberships; onChoose: (id: string) => void; onLeave: () => void };

export function ChooseAccount({ here, onChoose, onLeave }: Props) {
  return (
    <main className="alone">
      <div className="sign-in">
        <Mark />
        <h1>{say.whichAccount}</h1>
        <p className="lead">{say.signedInAs(here.person.email)}</p>
        {here.items.map(({ account, role }) => (
          <button key={account.id} type="button" className="choice" onClick={() => onChoose(account.id)}>
            <strong>{account.name}</strong>
            <span className="quiet">{say.roles[role].you}</span>
          </button>
        ))}
        <button type="button" className="button-quiet" onClick={onLeave}>
          {everywhere.signOut}
        </button>
      </div>
    </main>
  );
}
