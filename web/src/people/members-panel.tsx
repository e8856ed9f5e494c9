/** The members; owners change their roles and remove them, everybody may leave. */

import type { Member, Role } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { say } from "./say.ts";
import { roles } from "./words.ts";

const everyMs = 10_000;

export function MembersPanel() {
  const { api, membership } = useVisit();
  const { value: members, refresh } = useAnswer(["members"], api.members, everyMs);
  const isOwner = membership?.role === "owner";
  return (
    <section className="panel" aria-labelledby="members-title" aria-busy={members === undefined}>
      <h2 id="members-title">{say.members}</h2>
      <ul className="rows">
        {members?.map((member) => (
          <MemberRow key={member.id} member={member} isOwner={isOwner} onChanged={refresh} />
        ))}
      </ul>
    </section>
  );
}

function MemberRow(props: { member: Member; isOwner: boolean; onChanged: () => void }) {
  const { member, isOwner, onChanged } = props;
  const { api, membership, onLeft } = useVisit();
  const deed = useDeed(onChanged);
  const isSelf = member.id === membership?.memberId;
  const { id, name, role, email } = member;
  const leave = async () => {
    await api.leave();
    onLeft();
  };
  return (
    <li className="session">
      <p>{isSelf ? say.nameOfYou(name) : name}</p>
      <p className="quiet">
        {say.roles[role].name}
        {email === null ? "" : ` · ${email}`}
      </p>
      <div className="actions">
        {isOwner ? (
          <label className="quiet">
            {say.roleOf(name)}{" "}
            <select
              value={role}
              disabled={deed.busy}
              onChange={(event) => deed.run(() => api.changeRole(id, event.target.value as Role))}
            >
              {roles.map((each) => (
                <option key={each} value={each}>
                  {say.roles[each].name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {isOwner && !isSelf ? (
          <button
            type="button"
            className="button-small"
            disabled={deed.busy}
            onClick={() => deed.run(() => api.removeMember(id))}
          >
            {say.removeMember(name)}
          </button>
        ) : null}
        {isSelf ? (
          <button type="button" className="button-small" disabled={deed.busy} onClick={() => deed.run(leave)}>
            {say.leave}
          </button>
        ) : null}
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </li>
  );
}
