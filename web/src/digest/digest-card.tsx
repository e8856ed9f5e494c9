/** A digest in the list: its cover, its level, what it says first, and when. The whole card is one link. */
import type { DigestSummary } from "../api/contract.ts";
import { LevelChip } from "../shell/level-chip.tsx";
import { Link } from "../shell/link.tsx";
import { digestPath } from "../shell/route.ts";
import { useVisit } from "../shell/visit.ts";
import { count, enumerate } from "../words/thing.ts";
import { clock } from "../words/time.ts";
import { NoPicture, Picture } from "./picture.tsx";

const kindsShownMax = 4;

export function DigestCard({ digest, leading }: { digest: DigestSummary; leading: boolean }) {
  const { account } = useVisit();
  const counts = Object.entries(digest.counts)
    .filter(([, number]) => number > 0)
    .toSorted((a, b) => b[1] - a[1])
    .map(([label, number]) => count(label, number));
  const alt =
    counts.length === 0 ? `Picture from ${digest.siteName}` : `${digest.siteName}: ${enumerate(counts)}`;
  return (
    <li className="card" data-level={digest.level} data-leading={leading}>
      <div className="card-cover">
        {digest.cover === null ? (
          <NoPicture alt={`No picture from ${digest.siteName}`} />
        ) : (
          <Picture
            key={digest.cover.momentId}
            digestId={digest.id}
            momentId={digest.cover.momentId}
            offered={digest.cover}
            alt={alt}
            lazy={!leading}
          />
        )}
        <LevelChip level={digest.level} />
      </div>
      <div className="card-words">
        <p className="quiet">
          <time dateTime={digest.occurredAt}>{clock(digest.occurredAt, account.timeZone)}</time> ·{" "}
          {digest.siteName}
        </p>
        <h3>
          <Link className="card-link" href={digestPath(digest.id)}>
            {digest.title}
          </Link>
        </h3>
        <p className="card-summary">{digest.summary.map((sentence) => sentence.text).join(" ")}</p>
        <ul className="counts" aria-label="Seen">
          {counts.slice(0, kindsShownMax).map((each) => (
            <li key={each}>{each}</li>
          ))}
          <li className="counts-pictures">{count("picture", digest.momentCount)}</li>
        </ul>
      </div>
    </li>
  );
}
