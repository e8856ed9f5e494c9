/** The groups of a run, pictures side by side: who looks at them takes them apart, or puts them together. */

import { useState } from "react";
import type { Run, RunGroup, RunItem } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { type Chosen, mayJoin, maySplit, toggled } from "./chosen-items.ts";
import { say } from "./say.ts";

/** A presigned picture answers for a minute. */
const everyMs = 45_000;

/** @param isOpen whether groups may still be changed: once it is sealed they stay */
export function RunGroups({ run, isOpen }: { run: Run; isOpen: boolean }) {
  const { id } = run;
  const { api } = useVisit();
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const [pages, setPages] = useState(1);
  const load = (signal: AbortSignal) => api.runGroups(id, pages, signal);
  const { value: groups, refresh } = useAnswer(["run-groups", id, pages], load, everyMs);
  const choose = isOpen ? (item: RunItem) => setChosen((before) => toggled(before, item)) : undefined;
  const shelf = { id, chosen, choose };
  return (
    <section aria-labelledby="groups-title" aria-busy={groups === undefined}>
      <h2 id="groups-title">{say.sameThing}</h2>
      {isOpen ? <p className="quiet">{say.choose}</p> : null}
      {run.comparedBy === "hashes" ? <p className="quiet">{say.byHashes}</p> : null}
      {groups?.items.length === 0 ? <p className="quiet">{say.noTwo}</p> : null}
      {groups?.items.map((group) => (
        <Group key={group.group} group={group} shelf={shelf} />
      ))}
      {groups === undefined || groups.isWhole ? null : <More onAsk={() => setPages(pages + 1)} />}
      <Alone shelf={shelf} />
      {chosen.size === 0 ? null : (
        <Choice
          id={id}
          chosen={chosen}
          onEnd={() => {
            setChosen(new Map());
            refresh();
          }}
        />
      )}
    </section>
  );
}

type Shelf = { id: string; chosen: Chosen; choose: ((item: RunItem) => void) | undefined };

function Group({ group: { group, size, items }, shelf }: { group: RunGroup; shelf: Shelf }) {
  const [isWhole, setWhole] = useState(false);
  return (
    <figure className="run-group">
      <figcaption>
        {items[0]?.name ?? group} <span className="quiet">{say.andLikeIt(size - 1)}</span>
      </figcaption>
      {isWhole ? <AllOf group={`${group}`} shelf={shelf} /> : <Pictures items={items} shelf={shelf} />}
      {size > items.length && !isWhole ? (
        <button type="button" className="button-small" onClick={() => setWhole(true)}>
          {say.showAll(size)}
        </button>
      ) : null}
    </figure>
  );
}

/** Those that look like no other, once somebody wants to see them. */
function Alone({ shelf }: { shelf: Shelf }) {
  const [isShown, setShown] = useState(false);
  return (
    <details className="run-group" onToggle={({ currentTarget }) => setShown(currentTarget.open)}>
      <summary>{say.alone}</summary>
      {isShown ? <AllOf group="none" shelf={shelf} /> : null}
    </details>
  );
}

function AllOf({ group, shelf }: { group: string; shelf: Shelf }) {
  const { api } = useVisit();
  const [pages, setPages] = useState(1);
  const load = (signal: AbortSignal) => api.runItems(shelf.id, { group, pages }, signal);
  const { value } = useAnswer(["run-groups", shelf.id, group, pages], load, everyMs);
  if (value === undefined) return <p aria-busy="true">{everywhere.loadingMore}</p>;
  return (
    <>
      {value.items.length === 0 ? <p className="quiet">{say.none}</p> : null}
      <Pictures items={value.items} shelf={shelf} />
      {value.isWhole ? null : <More onAsk={() => setPages(pages + 1)} />}
    </>
  );
}

function More({ onAsk }: { onAsk: () => void }) {
  return (
    <button type="button" className="button-small" onClick={onAsk}>
      {say.showMore}
    </button>
  );
}

function Pictures({ items, shelf: { chosen, choose } }: { items: readonly RunItem[]; shelf: Shelf }) {
  return (
    <div className="run-pictures">
      {items.map((item) => {
        const { no, name, picture } = item;
        const shown = <img src={picture.url} alt={name} title={name} loading="lazy" />;
        if (choose === undefined) return <span key={no}>{shown}</span>;
        return (
          <label key={no} className="run-picture">
            <input type="checkbox" aria-label={name} checked={chosen.has(no)} onChange={() => choose(item)} />
            {shown}
          </label>
        );
      })}
    </div>
  );
}

/** What can be said of those that were chosen. */
function Choice({ id, chosen, onEnd }: { id: string; chosen: Chosen; onEnd: () => void }) {
  const { api } = useVisit();
  const deed = useDeed(() => undefined);
  const decide = (verdict: "split" | "join") =>
    deed.run(async () => {
      await api.decideGroups(id, { verdict, items: [...chosen.keys()] });
      onEnd();
    });
  return (
    <div className="run-choice panel">
      <strong>{say.chosen(chosen.size)}</strong>
      <button
        type="button"
        className="button-small"
        disabled={deed.busy || !maySplit(chosen)}
        onClick={() => decide("split")}
      >
        {say.takeApart}
      </button>
      <button
        type="button"
        className="button-small"
        disabled={deed.busy || !mayJoin(chosen)}
        onClick={() => decide("join")}
      >
        {say.putTogether}
      </button>
      <button type="button" className="button-small" disabled={deed.busy} onClick={onEnd}>
        {say.chooseNone}
      </button>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </div>
  );
}
