/** A digest in the list: its cover, its level, what it says first, and when. The whole card is one link. */

import { useId } from "react";
import type { InboxDigest } from "../api/contract.ts";
import { NoPicture, Picture } from "../digest/picture.tsx";
import { LevelChip } from "../shell/level-chip.tsx";
import { Link } from "../shell/link.tsx";
import { digestPath } from "../shell/route.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { count, enumerate } from "../words/thing.ts";
import { clock } from "../words/time.ts";
import { say } from "./say.ts";

const kindsShownMax = 4;

type Props = {
  digest: InboxDigest;
  leading: boolean;
  /** Its number in the list, from 1; and how many there are, -1 where nobody knows. */
  position: number;
  listLength: number;
};

export function DigestCard({ digest, leading, position, listLength }: Props) {
  const { account } = useVisit();
  const title = useId();
  const counts = Object.entries(digest.counts)
    .filter(([, number]) => number > 0)
    .toSorted((a, b) => b[1] - a[1])
    .map(([label, number]) => count(label, number));
  const alt =
    counts.length === 0 ? say.pictureFrom(digest.siteName) : `${digest.siteName}: ${enumerate(counts)}`;
  return (
    <article
      className="card"
      data-level={digest.level}
      data-leading={leading}
      data-unread={digest.unread}
      data-digest={digest.id}
      aria-labelledby={title}
      aria-posinset={position}
      aria-setsize={listLength}
      tabIndex={-1}
    >
      <div className="card-cover">
        {digest.cover === null ? (
          <NoPicture alt={say.noPictureFrom(digest.siteName)} />
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
        <h3 id={title}>
          {digest.unread ? <span className="visually-hidden">{say.unreadBefore} </span> : null}
          <Link className="card-link" href={digestPath(digest.id)}>
            {digest.title}
          </Link>
        </h3>
        <p className="card-summary">{digest.summary.map((sentence) => sentence.text).join(" ")}</p>
        <ul className="counts" aria-label={say.seen}>
          {counts.slice(0, kindsShownMax).map((each) => (
            <li key={each}>{each}</li>
          ))}
          <li className="counts-pictures">{everywhere.pictures(digest.momentCount)}</li>
        </ul>
      </div>
    </article>
  );
}
