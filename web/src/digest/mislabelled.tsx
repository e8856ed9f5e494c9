/** Saying that something in a digest is what the detector did not take it for: the digest says it anew. */

import { useQueryClient } from "@tanstack/react-query";
import { thingsMet } from "@vigil/core/digest/things";
import { type SubmitEvent, useId, useState } from "react";
import type { Digest } from "../api/contract.ts";
import { useTry } from "../shell/use-try.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { one, sentenceCase } from "../words/thing.ts";
import { say } from "./say.ts";

export function Mislabelled({ digest }: { digest: Digest }) {
  const { membership } = useVisit();
  if (membership?.role === "viewer" || digest.called.length === 0) return null;
  return (
    <section aria-labelledby="mislabelled-title">
      <h2 id="mislabelled-title">{say.isItRight}</h2>
      <p className="quiet">{say.saysAnew}</p>
      <ul className="rows">
        {digest.called.map(({ label, is }) => (
          <Called key={`${label} ${is}`} digest={digest} label={label} is={is} />
        ))}
      </ul>
    </section>
  );
}

/** No label is so. */
const nothing = "";

function Called({ digest, label, is }: { digest: Digest; label: string; is: string | null }) {
  const { api } = useVisit();
  const answers = useQueryClient();
  const [chosen, setChosen] = useState(is ?? nothing);
  const { busy, fault, run } = useTry();
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    run(async () => {
      const told = await api.correctDigest(digest.id, { label, is: chosen === nothing ? null : chosen });
      answers.setQueryData(["digest", digest.id], told);
      await answers.invalidateQueries({ queryKey: ["digests"] });
    });
  };
  return (
    <li className="session">
      <form className="actions" onSubmit={submit}>
        <label htmlFor={field}>{say.calledSo(sentenceCase(one(label)))}</label>
        <select id={field} value={chosen} onChange={({ target }) => setChosen(target.value)}>
          {[label, ...thingsMet.filter((each) => each !== label)].map((each) => (
            <option key={each} value={each}>
              {one(each)}
            </option>
          ))}
          <option value={nothing}>{say.nothingAtAll}</option>
        </select>
        <button type="submit" className="button-small" disabled={busy || chosen === (is ?? nothing)}>
          {busy ? everywhere.oneMoment : say.sayIt}
        </button>
      </form>
      {is === label ? null : <p className="quiet">{say.saidSo(one(label), digest.title)}</p>}
      <p className="fault" role="alert">
        {fault}
      </p>
    </li>
  );
}
