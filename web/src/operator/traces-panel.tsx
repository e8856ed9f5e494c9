/** What happened to the last requests, from device to subscriber: each a trace, its spans where they lay in time. */

import type { CSSProperties } from "react";
import type { Span, Trace, TraceList } from "../api/contract.ts";
import type { OperatorApi } from "../api/operate.ts";
import { number } from "../words/counted.ts";
import { explain } from "../words/refusal.ts";
import { dateAndTime } from "../words/time.ts";
import { say } from "./say.ts";
import { useOperated } from "./use-operated.ts";

export function TracesPanel({ api }: { api: OperatorApi }) {
  const { value: traces, failure } = useOperated(["traces"], api.traces);
  return (
    <section className="panel" aria-labelledby="traces-title" aria-busy={traces === undefined}>
      <h2 id="traces-title">{say.traces}</h2>
      {failure === undefined ? null : (
        <p className="fault" role="alert">
          {explain(failure).what}
        </p>
      )}
      {traces === undefined ? <div className="skeleton-line" /> : <Listed traces={traces} />}
    </section>
  );
}

function Listed({ traces: { kept, collector, items } }: { traces: TraceList }) {
  if (!kept) {
    return <p className="quiet">{collector === null ? say.tracesNowhere : say.tracesAt(collector)}</p>;
  }
  if (items.length === 0) return <p className="quiet">{say.noTraces}</p>;
  return (
    <ul className="rows">
      {items.map((trace) => (
        <li key={trace.id}>
          <OneTrace trace={trace} />
        </li>
      ))}
    </ul>
  );
}

const inMs = (milliseconds: number) => say.milliseconds(number(milliseconds, { maximumFractionDigits: 1 }));

function OneTrace({ trace: { id, name, startedAt, milliseconds, failed, spans } }: { trace: Trace }) {
  return (
    <details className="trace">
      <summary>
        <code>{name}</code>{" "}
        <span className="quiet">
          {say.traceOf(dateAndTime(startedAt, "UTC"), inMs(milliseconds), spans.length)}
        </span>
        {failed ? <span className="tier">{say.failed}</span> : null}
      </summary>
      <p className="small">
        <code>{id}</code>
      </p>
      <ol className="waterfall">
        {spans.map((span) => (
          <OneSpan key={span.id} span={span} wholeMs={milliseconds} />
        ))}
      </ol>
    </details>
  );
}

function OneSpan({ span, wholeMs }: { span: Span; wholeMs: number }) {
  const { service, name, startMs, milliseconds, failure, attributes } = span;
  const whole = Math.max(wholeMs, 1);
  const place = { "--from": startMs / whole, "--share": milliseconds / whole } as CSSProperties;
  const facts = Object.entries(attributes).map(([key, value]) => `${key}=${value}`);
  return (
    <li title={facts.join("\n")}>
      <span>
        <code>{name}</code> <span className="quiet">{service}</span>
      </span>
      <span className="waterfall-bar" data-failed={failure !== null} style={place} aria-hidden="true" />
      <span className="figure-small">
        {inMs(milliseconds)}
        {failure === null ? null : ` · ${failure}`}
      </span>
    </li>
  );
}
