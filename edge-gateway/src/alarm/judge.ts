/** The cloud's explainer, on the site: the same rules, with what the gateway itself has heard in the last minutes. */
import * as Explain from "@vigil/core/assessment/explain";
import type { Assessment as Judgement } from "@vigil/core/assessment/wire";
import { session } from "@vigil/core/limits";
import type { Heard } from "../store/item.ts";

export type Judge = {
  /** @param at the wall clock; a wrong one judges the hour of day wrongly and nothing else */
  assess(id: string, device: string, heard: Heard, at: Date): Judgement;
};

/** What the cloud also knows, such as how busy a zone is and what was called false, can only make it milder. */
export function createJudge(timeZone: string): Judge {
  let recent: Explain.Observation[] = [];
  return {
    assess(id, device, heard, at) {
      const subject: Explain.Observation = {
        eventId: id,
        deviceId: device,
        type: heard.type,
        occurredAt: at,
        zone: heard.zone ?? null,
        confidence: heard.confidence ?? null,
        mode: heard.mode ?? null,
        attributes: heard.attributes,
      };
      const isNear = ({ occurredAt }: Explain.Observation) =>
        Math.abs(at.getTime() - occurredAt.getTime()) <= session.contextMs;
      recent = recent.filter(isNear).slice(-session.contextEventsMax);
      const assessment = Explain.assess(subject, {
        timeZone,
        recent,
        history: { zoneEventsPerDay: null },
        dismissals: [],
      });
      recent.push(subject);
      return assessment;
    },
  };
}
