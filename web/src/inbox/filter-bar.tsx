/** What the inbox is asked by: words, and a few choices beside them. */
import { type SubmitEvent, useId, useState } from "react";
import type { UnreadCount } from "../api/contract.ts";
import type { InboxFilter } from "../api/digests.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useVisit } from "../shell/visit.ts";
import { levelName, levels } from "../words/level.ts";
import { sentenceCase, zone } from "../words/thing.ts";
import { Choice } from "./choice.tsx";
import { countOf, withKey } from "./filter.ts";
import { unreadWords } from "./use-title.ts";

const devicesEveryMs = 30_000;
const kinds = [
  ["person", "People"],
  ["vehicle", "Vehicles"],
  ["animal", "Animals"],
  ["belonging", "Bags and parcels"],
] as const;

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
          Unread{many === "" ? "" : ` ${many}`}
        </button>
        <button
          type="button"
          className="button-quiet filter-open"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          Filter{count === 0 ? "" : ` (${count})`}
        </button>
        <div className="filter-more" data-open={open}>
          <Choice
            label="Level"
            all="Any level"
            value={filter.levelFrom}
            options={levels.slice(1).map((level) => [level, fromLevel(level)])}
            onChoose={set("levelFrom")}
          />
          <Choice
            label="Seen"
            all="Anything seen"
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
            Clear
          </button>
        )}
      </div>
    </search>
  );
}

function fromLevel(level: (typeof levels)[number]): string {
  return level === "critical" ? levelName[level] : `${levelName[level]} and above`;
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
          label="Site"
          all="All sites"
          value={filter.site}
          options={account.sites.map(({ id, name }) => [id, name])}
          onChoose={set("site")}
        />
      )}
      <Choice
        label="Zone"
        all="All zones"
        value={filter.zone}
        options={zones.map((name) => [name, sentenceCase(zone(name))])}
        onChoose={set("zone")}
      />
      <Choice
        label="Device"
        all="All devices"
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
        Ask in words
      </label>
      <input
        id={field}
        type="search"
        maxLength={200}
        value={words}
        placeholder="Person at the back door last night"
        onChange={(event) => setWords(event.target.value)}
        data-shortcut="/"
      />
      <button type="submit" className="button-small">
        Ask
      </button>
      {asked === "" ? null : (
        <button type="button" className="button-quiet" onClick={() => onAsk(undefined)}>
          All digests
        </button>
      )}
    </form>
  );
}
