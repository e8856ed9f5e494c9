/** How the evidence log is: its newest signed state, and whether it goes on from what this browser saw before. */
import { useQuery } from "@tanstack/react-query";
import type { Checkpoint } from "../api/log.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { number } from "../words/counted.ts";
import { ago, dateAndTime } from "../words/time.ts";
import { followLog } from "./follow-log.ts";
import { say } from "./say.ts";

const everyMs = 60_000;

export function LogHealth() {
  const { api } = useVisit();
  const { value: checkpoint } = useAnswer(["log", "checkpoint"], api.logCheckpoint, everyMs);
  if (checkpoint === undefined) return null;
  return (
    <section className="panel" aria-labelledby="log-health">
      <h2 id="log-health">{say.log}</h2>
      <p>{say.logIs}</p>
      <Newest checkpoint={checkpoint} />
      <Followed checkpoint={checkpoint} />
    </section>
  );
}

function Newest({ checkpoint: { size, signedAt, timeStamp } }: { checkpoint: Checkpoint }) {
  const { account } = useVisit();
  const now = useNow(10_000);
  if (size === 0) return <p>{say.logEmpty}</p>;
  const { timeZone } = account;
  return (
    <dl className="facts">
      <dt>{say.logSize}</dt>
      <dd>{number(size)}</dd>
      <dt>{say.logSigned}</dt>
      <dd>{say.logAt(dateAndTime(signedAt, timeZone), ago(signedAt, timeZone, now))}</dd>
      <dt>{say.logStamped}</dt>
      <dd>
        {timeStamp === null
          ? say.logNotStamped
          : say.logStampedBy(timeStamp.authority, dateAndTime(timeStamp.at, timeZone))}
      </dd>
    </dl>
  );
}

function Followed({ checkpoint }: { checkpoint: Checkpoint }) {
  const { api, account } = useVisit();
  const { data: followed } = useQuery({
    queryKey: ["log", "followed", checkpoint.size, checkpoint.root],
    queryFn: () => followLog(localStorage, checkpoint, api.logConsistency),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (followed === undefined) return null;
  if (followed.state === "first") return <p>{say.logFirst}</p>;
  const { size, seenAt } = followed.before;
  const seen = dateAndTime(seenAt, account.timeZone);
  return followed.state === "continued" ? (
    <p>{say.logContinued(number(size), seen)}</p>
  ) : (
    <p role="alert" data-silent="true">
      {say.logBroken(number(size), seen)}
    </p>
  );
}
