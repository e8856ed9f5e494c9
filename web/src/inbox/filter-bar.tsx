/** What the inbox is asked by: words, and a few choices beside them. */

import { type SubmitEvent, useId, useState } from "react";
import type { UnreadCount } from "../api/contract.ts";
import type { InboxFilter } from "../api/digests.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useVisit } from "../shell/visit.ts";
import { levelName, levels } from "../words/level.ts";
import { everywhere } from "../words/say.ts";
import { sentenceCase, zone } from "../words/thing.ts";
import { Choice } from "./choice.tsx";
import { countOf, withKey } from "./filter.ts";
import { say } from "./say.ts";
import { unreadWords } from "./use-title.ts";

const devicesEveryMs = 30_000;
const kinds = Object.entries(say.kinds);

type Props = {
  filter: InboxFilter;
  unread: UnreadCount | undefined;
  onChange: (filter: InboxFilter) => void;
};

export function FilterBar({ filter, unread, onChange }: Props) {
  const [open, setOpen] = useState(countOf(filter) > 0);
  const many = unreadWords(unread);
  const set = (key: keyof InboxFilter) => {
    return (value: string | undefined) => onChange(withKey(filter, key, value));
  };
  const count = countOf(filter);
  return (
    <search className="filter">
      <Question key={filter.q} asked={filter.q ?? ""} onAsk={set("q")} />
      <div className="filter-choices">
        <button
          type="button"
          className="button-quiet"
          aria-pressed={filter.unread === "true"}
          onClick={() => set("unread")(filter.unread === undefined ? "true" : undefined)}
        >
          {many === "" ? say.unread : say.unreadMany(many)}
        </button>
        <button
          type="button"
          className="button-quiet filter-open"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {count === 0 ? say.filter : say.filterMany(count)}
        </button>
        <div className="filter-more" data-open={open}>
          <Choice
            label={say.level}
            all={say.anyLevel}
            value={filter.levelFrom}
            options={levels.slice(1).map((level) => [level, fromLevel(level)])}
            onChoose={set("levelFrom")}
          />
          <Choice
            label={say.seen}
            all={say.anythingSeen}
            value={filter.seen}
            options={kinds}
            onChoose={set("seen")}
          />
          <Places filter={filter} set={set} />
        </div>
        {count === 0 ? null : (
          <button
            type="button"
            className="link"
            onClick={() => onChange(filter.q === undefined ? {} : { q: filter.q })}
          >
            {say.clear}
          </button>
        )}
      </div>
    </search>
  );
}

function fromLevel(level: (typeof levels)[number]): string {
  return level === "critical" ? levelName[level] : say.andAbove(levelName[level]);
}

type Set = (key: "site" | "zone" | "device") => (value: string | undefined) => void;

/** Where: by site where there are several, by zone as the devices have it, and by device. */
function Places({ filter, set }: { filter: InboxFilter; set: Set }) {
  const { api, account } = useVisit();
  const { value: devices } = useAnswer(["devices"], api.devices, devicesEveryMs);
  const zones = [...new Set(devices?.flatMap((device) => device.zone ?? []) ?? [])].toSorted();
  return (
    <>
      {account.sites.length < 2 && filter.site === undefined ? null : (
        <Choice
          label={say.site}
          all={say.allSites}
          value={filter.site}
          options={account.sites.map(({ id, name }) => [id, name])}
          onChoose={set("site")}
        />
      )}
      <Choice
        label={say.zone}
        all={say.allZones}
        value={filter.zone}
        options={zones.map((name) => [name, sentenceCase(zone(name))])}
        onChoose={set("zone")}
      />
      <Choice
        label={say.device}
        all={say.allDevices}
        value={filter.device}
        options={devices?.map(({ id, name }) => [id, name]) ?? []}
        onChoose={set("device")}
      />
    </>
  );
}

type QuestionProps = { asked: string; onAsk: (words: string | undefined) => void };

/** While nothing is asked in words, all digests are shown. */
function Question({ asked, onAsk }: QuestionProps) {
  const [words, setWords] = useState(asked);
  const field = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = words.trim();
    onAsk(wanted === "" ? undefined : wanted);
  };
  return (
    <form className="question" onSubmit={submit}>
      <label htmlFor={field} className="visually-hidden">
        {say.askInWords}
      </label>
      <input
        id={field}
        type="search"
        maxLength={200}
        value={words}
        placeholder={say.exampleQuestion}
        onChange={(event) => setWords(event.target.value)}
        data-shortcut="/"
      />
      <button type="submit" className="button-small">
        {say.ask}
      </button>
      {asked === "" ? null : (
        <button type="button" className="button-quiet" onClick={() => onAsk(undefined)}>
          {everywhere.allDigests}
        </button>
      )}
    </form>
  );
}
