/** One digest: what happened in sentences, the pictures that they rest on, and how it was worked out. */

import { useEffect, useRef } from "react";
import type { Digest } from "../api/contract.ts";
import { Refusal } from "../api/failure.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useReading } from "../inbox/use-reading.ts";
import { LevelChip } from "../shell/level-chip.tsx";
import { Link } from "../shell/link.tsx";
import { Notice } from "../shell/notice.tsx";
import { cameFrom } from "../shell/route.ts";
import { useVisit } from "../shell/visit.ts";
import { inOrder } from "../words/outcome.ts";
import { explain } from "../words/refusal.ts";
import { everywhere } from "../words/say.ts";
import { clock, day } from "../words/time.ts";
import { Facts } from "./facts.tsx";
import { LargePicture } from "./large-picture.tsx";
import { Mislabelled } from "./mislabelled.tsx";
import { Origin } from "./origin.tsx";
import { PictureList } from "./picture-list.tsx";
import { Reasons } from "./reasons.tsx";
import { Recordings } from "./recordings.tsx";
import { Said } from "./said.tsx";
import { say } from "./say.ts";
import { SharePanel } from "./share-panel.tsx";
import { Strip } from "./strip.tsx";
import { useAttention } from "./use-attention.ts";
import { WrongPanel } from "./wrong-panel.tsx";

/** A digest changes only by addenda: pictures that a busy system looked at later. */
const everyMs = 15_000;

export function DigestPage({ id }: { id: string }) {
  const { api } = useVisit();
  const load = (signal: AbortSignal) => api.digest(id, { signal });
  const { value: digest, failure, refresh } = useAnswer(["digest", id], load, everyMs);
  return (
    <main id="content" className="page digest" tabIndex={-1}>
      <BackToInbox />
      {digest === undefined ? (
        <Waiting failure={failure} onRetry={refresh} />
      ) : (
        <DigestBody key={digest.id} digest={digest} />
      )}
    </main>
  );
}

/** To the inbox as it was left, with its filter and its place, for whoever came from there. */
function BackToInbox() {
  const from = cameFrom();
  const isInbox = from === "/" || from?.startsWith("/?") === true;
  return (
    <Link
      className="back"
      href={isInbox ? from : "/"}
      {...(isInbox ? { onFollow: () => history.back() } : {})}
    >
      <span aria-hidden="true">←</span> {everywhere.allDigests}
    </Link>
  );
}

function Waiting({ failure, onRetry }: { failure: unknown; onRetry: () => void }) {
  if (failure === undefined) {
    return <div className="skeleton-picture" aria-busy="true" role="status" aria-label={say.loadingDigest} />;
  }
  if (failure instanceof Refusal && failure.problem.status === 404) {
    return <Notice title={say.noSuchDigest} detail={say.mayBeRemoved} />;
  }
  const { what, next, requestId } = explain(failure);
  const small = requestId === undefined ? undefined : everywhere.request(requestId);
  return <Notice title={what} detail={next} small={small} action={everywhere.tryNow} onAction={onRetry} />;
}

function DigestBody({ digest }: { digest: Digest }) {
  const { account } = useVisit();
  const moments = inOrder(digest.moments);
  const attention = useAttention(digest, moments);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${digest.title} · Vigil`;
  }, [digest.title]);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const { mark } = useReading();
  const looked = digest.moments.filter(({ outcome }) => outcome !== "deferred").length;
  // Whoever has it open has read it, and reads what is added to it too.
  useEffect(() => {
    if (looked >= 0) mark(digest.id, true);
  }, [mark, digest.id, looked]);
  return (
    <article>
      <header className="digest-head">
        <p className="digest-when">
          <LevelChip level={digest.level} />
          <time dateTime={digest.occurredAt}>
            {day(digest.occurredAt, account.timeZone, Date.now())},{" "}
            {clock(digest.occurredAt, account.timeZone)}
          </time>
          <span>{digest.siteName}</span>
        </p>
        <h1 ref={title} tabIndex={-1}>
          {digest.title}
        </h1>
      </header>
      <div className="digest-body">
        <section className="gallery" aria-label={say.pictures}>
          <LargePicture
            digestId={digest.id}
            moments={moments}
            current={attention.current}
            onSelect={attention.select}
          />
          <Strip digestId={digest.id} moments={moments} attention={attention} />
        </section>
        <div className="tell">
          <Said digest={digest} moments={moments} attention={attention} />
        </div>
        <div className="ground">
          <Reasons reasons={digest.reasons} />
          <PictureList moments={moments} attention={attention} />
          <Recordings sessionId={digest.sessionId} />
          <WrongPanel sessionId={digest.sessionId} />
          <Mislabelled digest={digest} />
          <Origin digestId={digest.id} moments={moments} />
          <SharePanel digestId={digest.id} />
          <Facts digest={digest} />
        </div>
      </div>
    </article>
  );
}
