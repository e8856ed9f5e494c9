/** The selected picture, large, with what was detected drawn over it and listed under it. */

import { type CSSProperties, useState } from "react";
import type { Moment } from "../api/contract.ts";
import { useVisit } from "../shell/visit.ts";
import { alternative, numberOf, outcome } from "../words/outcome.ts";
import { familyOf, one, percent, zone } from "../words/thing.ts";
import { clockWithSeconds } from "../words/time.ts";
import { Boxes } from "./boxes.tsx";
import { Picture } from "./picture.tsx";
import { say } from "./say.ts";

/** Width over height until a picture has told its own. */
const usualRatio = 16 / 9;

type Props = {
  digestId: string;
  moments: readonly Moment[];
  current: Moment | undefined;
  onSelect: (momentId: string) => void;
};

export function LargePicture({ digestId, moments, current, onSelect }: Props) {
  if (current === undefined) return null;
  return (
    <SelectedPicture
      key={current.id}
      digestId={digestId}
      moments={moments}
      moment={current}
      onSelect={onSelect}
    />
  );
}

function SelectedPicture({
  digestId,
  moments,
  moment,
  onSelect,
}: Omit<Props, "current"> & { moment: Moment }) {
  const { account } = useVisit();
  const [ratio, setRatio] = useState<number>();
  const [lit, setLit] = useState<number | null>(null);
  const place = moment.zone === null ? undefined : zone(moment.zone);
  const original = moment.outcome === "duplicate" ? moment.duplicateOf : undefined;
  const frame = { "--ratio": ratio ?? usualRatio } as CSSProperties;
  return (
    <figure className="large-picture">
      <div className="large-picture-floor">
        <div className="large-picture-frame" style={frame} data-moment={moment.id}>
          <Picture
            digestId={digestId}
            momentId={moment.id}
            offered={moment.image ?? null}
            alt={alternative(moment, moments, account.timeZone)}
            onSize={(width, height) => setRatio(width / height)}
          />
          {ratio === undefined ? null : <Boxes detections={moment.detections} lit={lit} onPoint={setLit} />}
        </div>
      </div>
      <figcaption>
        <p className="large-picture-where">
          <span className="number">{numberOf(moments, moment.id)}</span>
          <time dateTime={moment.capturedAt}>{clockWithSeconds(moment.capturedAt, account.timeZone)}</time>
          {place === undefined ? null : <span>{place}</span>}
        </p>
        <p className="large-picture-outcome">
          {outcome(moment, moments)}{" "}
          {original === undefined ? null : (
            <button type="button" className="link" onClick={() => onSelect(original)}>
              {say.showThat}
            </button>
          )}
        </p>
        {moment.detections.length === 0 ? null : (
          <ul className="findings" aria-label={say.detected}>
            {moment.detections.map((detection, index) => (
              <li key={`${index} ${detection.label}`}>
                <button
                  type="button"
                  className="finding"
                  data-family={familyOf(detection.label)}
                  data-lit={lit === index}
                  onPointerEnter={() => setLit(index)}
                  onPointerLeave={() => setLit(null)}
                  onFocus={() => setLit(index)}
                  onBlur={() => setLit(null)}
                >
                  {one(detection.label)} <span className="finding-sure">{percent(detection.confidence)}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </figcaption>
    </figure>
  );
}
