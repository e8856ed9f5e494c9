/** Which of a person's accounts is meant. */
import type { Memberships } from "../api/contract.ts";
import { Mark } from "../shell/mark.tsx";
import { roleWords } from "./words.ts";

type Props = { here: Memberships; onChoose: (id: string) => void; onLeave: () => void };

export function ChooseAccount({ here, onChoose, onLeave }: Props) {
  return (
    <main className="alone">
      <div className="sign-in">
        <Mark />
        <h1>Which account?</h1>
        <p className="lead">You are signed in as {here.person.email}.</p>
        {here.items.map(({ account, role }) => (
          <button key={account.id} type="button" className="choice" onClick={() => onChoose(account.id)}>
            <strong>{account.name}</strong>
            <span className="quiet">{roleWords[role].you}</span>
          </button>
        ))}
        <button type="button" className="button-quiet" onClick={onLeave}>
          Sign out
        </button>
      </div>
    </main>
  );
}
