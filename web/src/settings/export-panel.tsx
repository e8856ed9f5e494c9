/** Everything of the account, in archives: asked for, watched while it is written, and fetched. */

import type { AccountExport } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";
import { bytesWords, writtenWords } from "./whole-account-words.ts";

const everyMs = 2_000;

export function ExportPanel() {
  const { api } = useVisit();
  const { value: exports, refresh } = useAnswer(["exports"], api.exports, everyMs);
  const deed = useDeed(refresh);
  const shown = exports?.filter(({ state }) => state !== "expired") ?? [];
  const isUnderWay = shown.some(({ state }) => state === "waiting" || state === "writing");
  return (
    <section className="panel" aria-labelledby="export-title" aria-busy={exports === undefined}>
      <h2 id="export-title">{say.export}</h2>
      <p className="quiet">{say.exportWhat}</p>
      <div>
        <button
          type="button"
          className="button"
          disabled={deed.busy || isUnderWay || exports === undefined}
          onClick={() => deed.run(api.askExport)}
        >
          {isUnderWay ? say.beingWritten : say.exportAll}
        </button>
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
      <ul className="rows">
        {shown.map((one) => (
          <ExportRow key={one.id} exported={one} />
        ))}
      </ul>
    </section>
  );
}

function ExportRow({ exported }: { exported: AccountExport }) {
  const { api, account } = useVisit();
  const deed = useDeed(() => {});
  const { id, state, askedAt, expiresAt, volumes } = exported;
  // A link is good for a minute: it is made when it is wanted.
  const fetchVolume = async (no: number) => {
    const url = (await api.export(id)).volumes[no - 1]?.url;
    if (url) location.assign(url);
  };
  return (
    <li className="session">
      <p>{say.askedFor(dateAndTime(askedAt, account.timeZone))}</p>
      <p className="quiet" role="status">
        {state === "failed"
          ? say.notWritten
          : `${writtenWords(exported)}${expiresAt === null ? "" : ` ${say.hereUntil(dateAndTime(expiresAt, account.timeZone))}`}`}
      </p>
      {state === "ready" ? (
        <div className="actions">
          {volumes.map(({ no, bytes }) => (
            <button
              key={no}
              type="button"
              className="button-small"
              disabled={deed.busy}
              onClick={() => deed.run(() => fetchVolume(no))}
            >
              {volumes.length === 1 ? say.download : say.downloadPart(no)} ({bytesWords(bytes)})
            </button>
          ))}
        </div>
      ) : null}
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </li>
  );
}
