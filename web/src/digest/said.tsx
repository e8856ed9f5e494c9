/** What is said: the summary, what to do, and the timeline. Every sentence leads to the pictures that it rests on. */

import type { Digest, Moment, Sentence } from "../api/contract.ts";
import { useVisit } from "../shell/visit.ts";
import { numberOf } from "../words/outcome.ts";
import { clockWithSeconds, withoutClock } from "../words/time.ts";
import { say } from "./say.ts";
import type { Attention } from "./use-attention.ts";

type Props = { digest: Digest; moments: readonly Moment[]; attention: Attention };

export function Said({ digest, moments, attention }: Props) {
  const { account } = useVisit();
  return (
    <>
      <section aria-labelledby="summary-title">
        <h2 id="summary-title">{say.whatHappened}</h2>
        <ul className="sentences" data-pointing={attention.isPointing}>
          {digest.summary.map((sentence, index) => (
            <li key={sentence.text}>
              <Grounded id={`summary ${index}`} sentence={sentence} moments={moments} attention={attention} />
            </li>
          ))}
        </ul>
      </section>
      {digest.recommendation === "" ? null : (
        <section className="advice" data-level={digest.level} aria-labelledby="advice-title">
          <h2 id="advice-title">{say.whatToDo}</h2>
          <p>{digest.recommendation}</p>
        </section>
      )}
      {digest.timeline.length === 0 ? null : (
        <section aria-labelledby="timeline-title">
          <h2 id="timeline-title">{say.minuteByMinute}</h2>
          <ol className="timeline" data-pointing={attention.isPointing}>
            {digest.timeline.map((entry, index) => (
              <li key={`${entry.at} ${entry.text}`}>
                <time dateTime={entry.at}>{clockWithSeconds(entry.at, account.timeZone)}</time>
                <Grounded
                  id={`timeline ${index}`}
                  sentence={{ ...entry, text: withoutClock(entry.text, entry.at, account.timeZone) }}
                  moments={moments}
                  attention={attention}
                />
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

/** Bounds the marks behind one sentence; the pictures beyond it are still lit in the strip. */
const marksMax = 6;

function Grounded({
  id,
  sentence,
  moments,
  attention,
}: {
  id: string;
  sentence: Sentence;
  moments: readonly Moment[];
  attention: Attention;
}) {
  const cited = sentence.momentIds
    .map((momentId) => ({ momentId, number: numberOf(moments, momentId) }))
    .filter((mark): mark is { momentId: string; number: number } => mark.number !== undefined)
    .toSorted((a, b) => a.number - b.number);
  const first = cited[0];
  const enter = () => attention.pointAtSentence(id, sentence);
  const leave = () => attention.pointAtSentence(null);
  if (first === undefined) return <p className="sentence">{sentence.text}</p>;
  const beyond = cited.length - marksMax;
  // The marks are the keyboard's way to the pictures; a click on the text is a shortcut to the first of them.
  return (
    <p
      className="sentence"
      data-lit={attention.isSentenceLit(id, sentence)}
      data-grounded="true"
      onPointerEnter={enter}
      onPointerLeave={leave}
      onFocus={enter}
      onBlur={leave}
    >
      <span className="sentence-text" role="presentation" onClick={() => attention.select(first.momentId)}>
        {sentence.text}
      </span>{" "}
      {cited.slice(0, marksMax).map(({ momentId, number }) => (
        <button
          key={momentId}
          type="button"
          className="number mark-number"
          aria-label={say.picture(number)}
          aria-current={attention.current?.id === momentId}
          onClick={() => attention.select(momentId)}
        >
          {number}
        </button>
      ))}
      {beyond > 0 ? <span className="quiet"> {say.andMore(beyond)}</span> : null}
    </p>
  );
}
