/** Calling the assessment of an event false, and what comes of it. What may threaten a life cannot be. */
import { useState } from "react";
import type { Event } from "../api/contract.ts";
import { useTry } from "../shell/use-try.ts";
import { useVisit } from "../shell/visit.ts";
import { count, zone } from "../words/thing.ts";

type Props = {
  event: Pick<Event, "id" | "type" | "zone" | "dismissed" | "assessment">;
  onCalled: () => void;
};

export function CallFalse({ event, onCalled }: Props) {
  const { api, membership } = useVisit();
  const [called, setCalled] = useState<number>();
  const { busy, fault, run } = useTry();
  if (membership?.role === "viewer" || event.assessment.lifeSafety) return null;
  const where = event.zone === null ? "without a zone" : `at the ${zone(event.zone)}`;
  if (called !== undefined || event.dismissed) {
    return (
      <p className="quiet" role="status">
        {called === undefined
          ? `Called false. Events like it (${zone(event.type)} ${where}) weigh less since.`
          : `Noted. Events like it (${zone(event.type)} ${where}) were called false ${count("time", called)} and weigh less from now on, within a cap; what may threaten a life always weighs the same.`}
      </p>
    );
  }
  const call = async () => {
    setCalled((await api.dismissEvent(event.id)).count);
    onCalled();
  };
  return (
    <>
      <button type="button" className="link" disabled={busy} onClick={() => run(call)}>
        This was wrong
      </button>
      <p className="fault" role="alert">
        {fault}
      </p>
    </>
  );
}
