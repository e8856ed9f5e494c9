/** All pictures of a digest, small, in the order in which they were taken. Arrow keys walk along. */

import { type KeyboardEvent, useRef } from "react";
import type { Moment } from "../api/contract.ts";
import { useVisit } from "../shell/visit.ts";
import { alternative, badge, numberOf } from "../words/outcome.ts";
import { Picture } from "./picture.tsx";
import { say } from "./say.ts";
import type { Attention } from "./use-attention.ts";

type Props = { digestId: string; moments: readonly Moment[]; attention: Attention };

export function Strip({ digestId, moments, attention }: Props) {
  const list = useRef<HTMLOListElement>(null);
  if (moments.length < 2) return null;

  const walk = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -moments.length, End: moments.length }[event.key];
    if (step === undefined || attention.current === undefined) return;
    event.preventDefault();
    const from = moments.indexOf(attention.current);
    const to = Math.max(0, Math.min(moments.length - 1, from + step));
    const target = moments[to];
    if (target === undefined) return;
    attention.select(target.id);
    list.current?.querySelectorAll("button")[to]?.focus();
  };

  return (
    <ol className="strip" ref={list} aria-label={say.allPictures} data-pointing={attention.isPointing}>
      {moments.map((moment) => (
        <Thumbnail
          key={moment.id}
          digestId={digestId}
          moment={moment}
          moments={moments}
          attention={attention}
          onWalk={walk}
        />
      ))}
    </ol>
  );
}

function Thumbnail({
  digestId,
  moment,
  moments,
  attention,
  onWalk,
}: Props & { moment: Moment; onWalk: (event: KeyboardEvent) => void }) {
  const { account } = useVisit();
  const chosen = attention.current?.id === moment.id;
  const short = badge(moment, moments);
  return (
    <li>
      <button
        type="button"
        className="thumbnail"
        aria-current={chosen}
        tabIndex={chosen ? 0 : -1}
        data-moment={moment.id}
        data-lit={attention.isMomentLit(moment.id)}
        data-outcome={moment.outcome}
        onClick={() => attention.select(moment.id)}
        onKeyDown={onWalk}
        onPointerEnter={() => attention.pointAtMoment(moment.id)}
        onPointerLeave={() => attention.pointAtMoment(null)}
        onFocus={() => attention.pointAtMoment(moment.id)}
        onBlur={() => attention.pointAtMoment(null)}
      >
        <Picture
          digestId={digestId}
          momentId={moment.id}
          offered={moment.image ?? null}
          alt={alternative(moment, moments, account.timeZone)}
          lazy
        />
        <span className="number" aria-hidden="true">
          {numberOf(moments, moment.id)}
        </span>
        {short === undefined ? null : (
          <span className="thumbnail-badge" aria-hidden="true">
            {short}
          </span>
        )}
      </button>
    </li>
  );
}
