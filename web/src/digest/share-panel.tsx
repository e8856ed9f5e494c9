/** Handing a digest on: links that end by themselves, and an archive to keep. */

import { useId, useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import type { Share } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { clock, day } from "../words/time.ts";
import { say } from "./say.ts";

const everyMs = 30_000;
const spans = [
  [24, say.forDay],
  [7 * 24, say.forWeek],
  [30 * 24, say.forMonth],
] as const;

export function SharePanel({ digestId }: { digestId: string }) {
  const { api } = useVisit();
  const { value: shares, refresh } = useAnswer(
    ["shares", digestId],
    (signal) => api.shares(digestId, signal),
    everyMs,
  );
  const [hours, setHours] = useState<number>(spans[1][0]);
  const [url, setUrl] = useState<string>();
  const deed = useDeed(refresh);
  const field = useId();
  const now = useNow(60_000);
  const open = shares?.filter((share) => share.revokedAt === null && Date.parse(share.expiresAt) > now) ?? [];
  const make = async () => setUrl((await api.share(digestId, hours, createIdempotencyKey())).url);
  const fetchBundle = async () => location.assign((await api.exportDigest(digestId)).url);
  return (
    <section aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>{say.handOn}</h2>
      <p className="quiet">{say.whoHasLink}</p>
      <div className="actions">
        <label htmlFor={`${field}-span`} className="visually-hidden">
          {say.howLong}
        </label>
        <select id={`${field}-span`} value={hours} onChange={(event) => setHours(Number(event.target.value))}>
          {spans.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        <button type="button" className="button-small" disabled={deed.busy} onClick={() => deed.run(make)}>
          {everywhere.makeALink}
        </button>
        <button
          type="button"
          className="button-small"
          disabled={deed.busy}
          onClick={() => deed.run(fetchBundle)}
        >
          {say.exportIt}
        </button>
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
      {url === undefined ? null : (
        <p className="secret" role="status">
          {say.linkOnce} <code>{url}</code>
        </p>
      )}
      <ul className="rows">
        {open.map((share) => (
          <OpenLink
            key={share.id}
            share={share}
            now={now}
            onRevoke={() => deed.run(() => api.revokeShare(share.id))}
          />
        ))}
      </ul>
    </section>
  );
}

function OpenLink({ share, now, onRevoke }: { share: Share; now: number; onRevoke: () => void }) {
  const { account } = useVisit();
  const { expiresAt, openings } = share;
  const until = `${day(expiresAt, account.timeZone, now)}, ${clock(expiresAt, account.timeZone)}`;
  return (
    <li className="session">
      <p>{say.linkUntil(until)}</p>
      <p className="quiet">{openings === 0 ? say.notOpened : say.opened(openings)}</p>
      <button type="button" className="button-small" onClick={onRevoke}>
        {everywhere.revoke}
      </button>
    </li>
  );
}
