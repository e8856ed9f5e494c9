/** Where the account is told, what went to each lately, and a way to add one. */

import { useEffect } from "react";
import { useAnswer } from "../api/use-answer.ts";
import { Link } from "../shell/link.tsx";
import { Notice } from "../shell/notice.tsx";
import { deliveriesPath } from "../shell/route.ts";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { AddEndpoint } from "./add-endpoint.tsx";
import { EndpointCard } from "./endpoint-card.tsx";
import { say } from "./say.ts";

const everyMs = 5_000;

export function EndpointsPage() {
  const { api } = useVisit();
  const { value: endpoints, failure, refresh } = useAnswer(["endpoints"], api.endpoints, everyMs);
  useEffect(() => {
    document.title = say.pageTitle;
  }, []);
  return (
    <main id="content" className="page endpoints" tabIndex={-1} aria-busy={endpoints === undefined}>
      <Link className="back" href="/">
        <span aria-hidden="true">←</span> {everywhere.allDigests}
      </Link>
      <h1>{say.tellMe}</h1>
      <p className="quiet">
        {say.what}{" "}
        <Link className="link" href={deliveriesPath}>
          {say.whatWasTold}
        </Link>
      </p>
      {endpoints === undefined && failure !== undefined ? (
        <Notice
          title={explain(failure).what}
          detail={explain(failure).next}
          action={everywhere.tryNow}
          onAction={refresh}
        />
      ) : null}
      {endpoints?.map((endpoint) => (
        <EndpointCard key={endpoint.id} endpoint={endpoint} onChanged={refresh} />
      ))}
      {endpoints?.length === 0 ? <p>{say.nobodyYet}</p> : null}
      {endpoints === undefined ? null : <AddEndpoint onAdded={refresh} />}
    </main>
  );
}
