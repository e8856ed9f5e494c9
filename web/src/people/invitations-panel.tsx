/** Invitations: made, shown once as a link, taken back. */

import { type SubmitEvent, useId, useState } from "react";
import type { Role } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";
import { roles } from "./words.ts";

const everyMs = 10_000;

export function InvitationsPanel() {
  const { api, account } = useVisit();
  const { value: invitations, refresh } = useAnswer(["invitations"], api.invitations, everyMs);
  const [role, setRole] = useState<Role>("member");
  const [link, setLink] = useState<string>();
  const deed = useDeed(refresh);
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setLink(undefined);
    deed.run(async () => setLink((await api.invite(role)).link));
  };
  return (
    <section className="panel" aria-labelledby="invitations-title" aria-busy={invitations === undefined}>
      <h2 id="invitations-title">{say.invite}</h2>
      <form className="fields" onSubmit={submit}>
        <div className="field">
          <label htmlFor={field}>{say.inviteAs}</label>
          <select id={field} value={role} onChange={(event) => setRole(event.target.value as Role)}>
            {roles.map((each) => (
              <option key={each} value={each}>
                {say.roles[each].name}: {say.roles[each].may}
              </option>
            ))}
          </select>
        </div>
        <div className="actions">
          <button type="submit" className="button" disabled={deed.busy}>
            {everywhere.makeALink}
          </button>
        </div>
      </form>
      {link === undefined ? null : (
        <p className="secret" role="status">
          {say.sendLink} <code>{link}</code>
        </p>
      )}
      <p className="fault" role="alert">
        {deed.fault}
      </p>
      <ul className="rows">
        {invitations?.map(({ id, role: as, expiresAt }) => (
          <li key={id} className="session">
            <p>{say.roles[as].one}</p>
            <p className="quiet">{say.until(dateAndTime(expiresAt, account.timeZone))}</p>
            <button
              type="button"
              className="button-small"
              disabled={deed.busy}
              onClick={() => deed.run(() => api.revokeInvitation(id))}
            >
              {say.takeBack}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
