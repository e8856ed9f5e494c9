/** One session without a digest: what the explainer thinks of it, and how far its deep review has come. */

import { useRef, useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import type { Review, SessionSummary } from "../api/contract.ts";
import { Refusal } from "../api/failure.ts";
import { useAnswer } from "../api/use-answer.ts";
import { LevelChip } from "../shell/level-chip.tsx";
import { Link } from "../shell/link.tsx";
import { digestPath } from "../shell/route.ts";
import { useNow } from "../shell/use-now.ts";
import { useVisit } from "../shell/visit.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { siteNames } from "../words/site.ts";
import { ago } from "../words/time.ts";
import { say } from "./say.ts";

const reviewEveryMs = 3_000;

export function SessionRow({ session, onAsked }: { session: SessionSummary; onAsked: () => void }) {
  const { account } = useVisit();
  const now = useNow(5_000);
  const siteName = siteNames(account)(session.siteId);
  const when = ago(session.lastEventAt, account.timeZone, now);
  const open = session.state === "open" ? everywhere.open : undefined;
  const late = session.late ? everywhere.cameLate : undefined;
  return (
    <li className="session" data-session={session.id}>
      <div className="session-head">
        <LevelChip level={session.level} />
        <p className="quiet">{[siteName, open, when, late].filter(Boolean).join(" · ")}</p>
      </div>
      <p>{session.assessment.summary}</p>
      {session.reviewId === null ? (
        <p className="quiet" data-outlook={session.digest.reason}>
          {session.digest.text}
        </p>
      ) : (
        <Progress reviewId={session.reviewId} />
      )}
      {session.reviewId === null && account.tier !== "lite" ? (
        <AskForReview session={session} onAsked={onAsked} />
      ) : null}
    </li>
  );
}

export function Progress({ reviewId }: { reviewId: string }) {
  const { api } = useVisit();
  const load = (signal: AbortSignal) => api.review(reviewId, signal);
  const { value: review } = useAnswer(["review", reviewId], load, reviewEveryMs);
  if (review === undefined) return <div className="skeleton-line" />;
  return (
    <div className="progress" data-state={review.state}>
      <p>
        <span className="pulse" aria-hidden="true" />
        {stateWords[review.state](review)}
        {review.digestId === undefined ? null : (
          <>
            {" "}
            <Link className="link" href={digestPath(review.digestId)}>
              {everywhere.readTheDigest}
            </Link>
          </>
        )}
      </p>
      {review.reasons.length === 0 ? null : <p className="quiet">{review.reasons.join(" ")}</p>}
    </div>
  );
}

const stateWords: Readonly<Record<Review["state"], (review: Review) => string>> = {
  queued: ({ queue, queuePosition }) => {
    const isPriority = queue === "priority";
    if (queuePosition === undefined) return say.waiting(isPriority);
    return queuePosition === 0 ? say.nextUp(isPriority) : say.waitingBehind(isPriority, queuePosition);
  },
  running: () => say.running,
  completed: () => say.done,
  failed: ({ failure }) => say.failed(failure?.replace(/\.$/, "")),
  cancelled: () => say.cancelled,
};

export function AskForReview({ session, onAsked }: { session: SessionSummary; onAsked: () => void }) {
  const { api } = useVisit();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  // One wish, one key: a click that is repeated because no answer came asks for the same review.
  const key = useRef<string>(undefined);

  const ask = () => {
    setBusy(true);
    setFailure(undefined);
    key.current ??= createIdempotencyKey();
    api
      .requestReview(session.id, key.current)
      .then(
        () => onAsked(),
        (refused: unknown) => {
          if (refused instanceof Refusal) key.current = undefined;
          setFailure(refused);
        },
      )
      .finally(() => setBusy(false));
  };

  const words = failure === undefined ? undefined : explain(failure);
  return (
    <div className="ask">
      <button type="button" className="button-small" onClick={ask} disabled={busy}>
        {busy ? say.asking : session.state === "open" ? say.closeAndLook : say.look}
      </button>
      <p className="fault" role="alert">
        {words === undefined ? null : (
          <>
            {words.what} {words.next}
            {words.requestId === undefined ? null : (
              <span className="small"> {everywhere.request(words.requestId)}</span>
            )}
          </>
        )}
      </p>
    </div>
  );
}
