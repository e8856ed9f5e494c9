/** Everything that was told, to whom, with what was sent, every attempt, and telling it once more. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import type { DeliverySummary } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useDeed } from "../endpoint/use-deed.ts";
import { outcomeOf } from "../endpoint/words.ts";
import { LevelChip } from "../shell/level-chip.tsx";
import { Link } from "../shell/link.tsx";
import { Notice } from "../shell/notice.tsx";
import { endpointsPath } from "../shell/route.ts";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";
import { Sent } from "./sent.tsx";

const endpointsEveryMs = 60_000;

export function DeliveriesPage() {
  const { api } = useVisit();
  const list = useInfiniteQuery({
    queryKey: ["deliveries", "all"],
    queryFn: ({ pageParam, signal }) => api.deliveries(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const { value: endpoints } = useAnswer(["endpoints"], api.endpoints, endpointsEveryMs);
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  const names = new Map(endpoints?.map(({ id, name }) => [id, name]));
  const deliveries = list.data?.pages.flatMap((page) => page.items);
  const failure = list.error === null ? undefined : explain(list.error);
  return (
    <main id="content" className="page endpoints" tabIndex={-1}>
      <Link className="back" href={endpointsPath}>
        <span aria-hidden="true">←</span> {say.tellMe}
      </Link>
      <h1>{say.whatWasTold}</h1>
      {deliveries === undefined && failure === undefined ? (
        <div className="skeleton-picture" aria-busy="true" role="status" aria-label={say.loadingTold} />
      ) : null}
      {failure === undefined ? null : (
        <Notice
          title={failure.what}
          detail={failure.next}
          action={everywhere.tryNow}
          onAction={() => void list.refetch()}
        />
      )}
      {deliveries?.length === 0 ? <Notice title={say.nothingTold} detail={say.appearsHere} /> : null}
      <ol className="rows">
        {deliveries?.map((delivery) => (
          <Told
            key={delivery.id}
            delivery={delivery}
            to={names.get(delivery.endpointId)}
            onChanged={() => void list.refetch()}
          />
        ))}
      </ol>
      {list.hasNextPage ? (
        <button
          type="button"
          className="button-quiet older"
          disabled={list.isFetching}
          onClick={() => void list.fetchNextPage()}
        >
          {list.isFetching ? everywhere.loadingMore : everywhere.showOlder}
        </button>
      ) : null}
    </main>
  );
}

type Props = { delivery: DeliverySummary; to: string | undefined; onChanged: () => void };

function Told({ delivery, to, onChanged }: Props) {
  const { api, account } = useVisit();
  const [isOpen, setOpen] = useState(false);
  const deed = useDeed(onChanged);
  const when = dateAndTime(delivery.createdAt, account.timeZone);
  return (
    <li className="panel">
      <p className="session-head">
        <LevelChip level={delivery.level} />
        <strong>{delivery.title}</strong>
      </p>
      <p className="quiet">{[when, to ?? say.removedEndpoint, outcomeOf(delivery)].join(" · ")}</p>
      <div className="actions">
        <button
          type="button"
          className="button-quiet"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {say.whatWasSent}
        </button>
        {delivery.state === "pending" || to === undefined ? null : (
          <button
            type="button"
            className="button-small"
            disabled={deed.busy}
            onClick={() => deed.run(() => api.redeliver(delivery.id, createIdempotencyKey()))}
          >
            {say.tellAgain}
          </button>
        )}
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
      {isOpen ? <Sent deliveryId={delivery.id} /> : null}
    </li>
  );
}
