/**
 * What is read, in the language of who asks for it. What rules said is kept in English; digests bring their own words
 * (`digest/translate.ts`).
 */
import type { Assessment, Reason } from "../../assessment/wire.ts";
import type { DeviceView } from "../../device/wire.ts";
import * as Digest from "../../digest/index.ts";
import type { DigestOutlook } from "../../digest-outlook.ts";
import type { EventView } from "../../event/wire.ts";
import type { Language } from "../../language/wire.ts";
import type { ReviewView } from "../../review/wire.ts";
import type { SessionSummary, SessionView } from "../../session/wire.ts";

const tell: Readonly<Record<Language, (text: string) => string>> = {
  en: (text) => text,
  de: Digest.sentenceDe,
};

export function textIn(language: Language, text: string): string {
  return tell[language](text);
}

export function reasonsIn(language: Language, reasons: readonly Reason[]): Reason[] {
  return reasons.map((reason) => ({ ...reason, text: tell[language](reason.text) }));
}

function assessmentIn(
  language: Language,
  { summary, recommendation, ...assessment }: Assessment,
): Assessment {
  return {
    ...assessment,
    summary: tell[language](summary),
    recommendation: tell[language](recommendation),
    reasons: reasonsIn(language, assessment.reasons),
  };
}

const outlookIn = (language: Language, outlook: DigestOutlook) => ({
  ...outlook,
  text: tell[language](outlook.text),
});

/** Of a session, its own or as one of a list. */
export function sessionIn<View extends SessionSummary | SessionView>(
  language: Language,
  session: View,
): View {
  return {
    ...session,
    assessment: assessmentIn(language, session.assessment),
    digest: outlookIn(language, session.digest),
    ...("events" in session ? { events: session.events.map((each) => eventIn(language, each)) } : {}),
  };
}

function eventIn(language: Language, event: EventView): EventView {
  return {
    ...event,
    assessment: assessmentIn(language, event.assessment),
    digest: outlookIn(language, event.digest),
  };
}

export function reviewIn(language: Language, review: ReviewView): ReviewView {
  return { ...review, reasons: review.reasons.map(tell[language]) };
}

export function deviceIn(language: Language, device: DeviceView): DeviceView {
  const { text } = device.clock;
  return { ...device, clock: { ...device.clock, text: text === null ? null : tell[language](text) } };
}
