/** Accounts, found by name or id, and their tiers. */

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import type { OperatedAccount, Tier } from "../api/contract.ts";
import type { OperatorApi } from "../api/operate.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { say } from "./say.ts";

const tiers: readonly Tier[] = ["lite", "guardian", "pro"];

export function AccountsPanel({ api }: { api: OperatorApi }) {
  const answers = useQueryClient();
  const [text, setText] = useState("");
  const [words, setWords] = useState("");
  const field = useId();
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: ["accounts", words],
    queryFn: ({ pageParam, signal }) => api.accounts(words, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const accounts = data?.pages.flatMap((page) => page.items);
  const deed = useDeed(() => void answers.invalidateQueries({ queryKey: ["accounts"] }));
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setWords(text.trim());
  };
  return (
    <section className="panel" aria-labelledby={`${field}-title`} aria-busy={accounts === undefined}>
      <h2 id={`${field}-title`}>{say.accounts}</h2>
      <form className="question" role="search" onSubmit={submit}>
        <label htmlFor={field} className="visually-hidden">
          {say.partOfName}
        </label>
        <input
          id={field}
          type="search"
          maxLength={100}
          value={text}
          placeholder={say.partOfName}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button-small">
          {say.find}
        </button>
      </form>
      {accounts?.length === 0 ? <p className="quiet">{say.noAccount}</p> : null}
      <ul className="rows">
        {accounts?.map((account) => (
          <OneAccount
            key={account.id}
            account={account}
            busy={deed.busy}
            onTier={(tier) => deed.run(() => api.setTier(account.id, tier))}
          />
        ))}
      </ul>
      <p className="fault" role="alert">
        {deed.fault ?? (error === null ? null : explain(error).what)}
      </p>
      {hasNextPage ? (
        <div>
          <button
            type="button"
            className="button-small"
            disabled={isFetching}
            onClick={() => void fetchNextPage()}
          >
            {everywhere.showOlder}
          </button>
        </div>
      ) : null}
    </section>
  );
}

type Props = { account: OperatedAccount; busy: boolean; onTier: (tier: Tier) => void };

function OneAccount({ account, busy, onTier }: Props) {
  const { id, name, tier, timeZone, members, devices } = account;
  const field = useId();
  return (
    <li className="session">
      <p>
        <strong>{name}</strong> <span className="quiet">{say.about(members, devices, timeZone)}</span>
      </p>
      <p className="small">
        <code>{id}</code>
      </p>
      <div className="actions">
        <label htmlFor={field}>{say.tier}</label>
        <select
          id={field}
          value={tier}
          disabled={busy}
          onChange={(event) => onTier(event.target.value as Tier)}
        >
          {tiers.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </div>
    </li>
  );
}
