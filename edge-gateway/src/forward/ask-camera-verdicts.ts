/** The digest of a camera's latest event, for its page: of each camera one is asked for at a time. */
import type { Verdict } from "../alarm/alarm-record.ts";
import { askVerdicts, type VerdictsOptions } from "./ask-verdicts.ts";

export type CameraVerdicts = {
  expect(camera: string, clientId: string, eventId: string): void;
  stop(): Promise<void>;
};

export function askCameraVerdicts({
  api,
  clock,
  onVerdict,
}: Pick<VerdictsOptions, "api" | "clock"> & {
  onVerdict: (camera: string, verdict: Verdict) => void;
}): CameraVerdicts {
  const asked = new Map<string, string>();
  const verdicts = askVerdicts({
    api,
    clock,
    onVerdict(clientId, verdict) {
      const camera = asked.get(clientId);
      if (camera !== undefined) onVerdict(camera, verdict);
    },
    onSettled: (clientId) => void asked.delete(clientId),
  });
  return {
    expect(camera, clientId, eventId) {
      if ([...asked.values()].includes(camera)) return;
      asked.set(clientId, camera);
      if (!verdicts.expect(clientId, eventId)) asked.delete(clientId);
    },
    stop: () => verdicts.stop(),
  };
}
