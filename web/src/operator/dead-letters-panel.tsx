/** Jobs that nobody could finish, and sending one once more. */

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { DeadLetter } from "../api/contract.ts";
import type { OperatorApi } from "../api/operate.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { Marked } from "../words/marked.tsx";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";

export function DeadLettersPanel({ api }: { api: OperatorApi }) {
  const answers = useQueryClient();
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: ["dead letters"],
    queryFn: ({ pageParam, signal }) => api.deadLetters(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 10_000,
  });
  const letters = data?.pages.flatMap((page) => page.items);
  const deed = useDeed(() => void answers.invalidateQueries());
  return (
    <section className="panel" aria-labelledby="dead-title" aria-busy={letters === undefined}>
      <h2 id="dead-title">{say.deadLetters}</h2>
      {letters?.length === 0 ? <p className="quiet">{say.noDeadLetters}</p> : null}
      <ul className="rows">
        {letters?.map((letter) => (
          <Letter
            key={`${letter.reviewId} ${letter.part}`}
            letter={letter}
            busy={deed.busy}
            onRedrive={() => deed.run(() => api.redrive(letter.reviewId))}
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

type Props = { letter: DeadLetter; busy: boolean; onRedrive: () => void };

function Letter({ letter, busy, onRedrive }: Props) {
  const { reviewId, accountId, part, source, reason, diedAt } = letter;
  const where = source === "queue" ? say.receivedTooOften : say.givenUp;
  return (
    <li className="session">
      <p>{reason}</p>
      <p className="quiet">
        {say.died(dateAndTime(diedAt, "UTC"), where, part === 0 ? say.reviewItself : say.addendum(part))}
      </p>
      <p className="small">
        <Marked text={say.reviewOf(reviewId, accountId)}>{(id) => <code>{id}</code>}</Marked>
      </p>
      <button type="button" className="button-small" disabled={busy} onClick={onRedrive}>
        {say.sendOnceMore}
      </button>
    </li>
  );
}
