/** Calling the assessment of an event false, and what comes of it. What may threaten a life cannot be. */

import { useState } from "react";
import type { Event } from "../api/contract.ts";
import { useTry } from "../shell/use-try.ts";
import { useVisit } from "../shell/visit.ts";
import { eventType, zone } from "../words/thing.ts";
import { say } from "./say.ts";

type Props = {
  event: Pick<Event, "id" | "type" | "zone" | "dismissed" | "assessment">;
  onCalled: () => void;
};

export function CallFalse({ event, onCalled }: Props) {
  const { api, membership } = useVisit();
  const [called, setCalled] = useState<number>();
  const { busy, fault, run } = useTry();
  if (membership?.role === "viewer" || event.assessment.lifeSafety) return null;
  const type = eventType(event.type);
  const place = event.zone === null ? null : zone(event.zone);
  if (called !== undefined || event.dismissed) {
    return (
      <p className="quiet" role="status">
        {called === undefined ? say.calledFalse(type, place) : say.noted(type, place, called)}
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
        {say.wrong}
      </button>
      <p className="fault" role="alert">
        {fault}
      </p>
    </>
  );
}
