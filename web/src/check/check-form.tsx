/** Asks about a text, a picture or what stands at an address. */
import { type FormEvent, useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import type { Asked } from "../api/checks.ts";
import type { Check } from "../api/contract.ts";
import { useTry } from "../shell/use-try.ts";
import { useVisit } from "../shell/visit.ts";
import { say } from "./say.ts";
import { checkRecording, NoAnswer, type Step, uploadKindOf } from "./upload-recording.ts";

const kinds = [
  ["text", say.text],
  ["file", say.pictureOrRecording],
  ["url", say.address],
] as const;
type Kind = (typeof kinds)[number][0];

export function CheckForm({ onChecked }: { onChecked: (check: Check) => void }) {
  const { api } = useVisit();
  const { busy, fault, run, say: complain } = useTry();
  const [kind, setKind] = useState<Kind>("text");
  const [step, setStep] = useState<Step>();
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const asked = askedIn(kind, given);
    if (asked === undefined) return complain(say.nothingGiven);
    const label = textIn(given, "label") || undefined;
    const idempotencyKey = createIdempotencyKey();
    const kindOfUpload = "file" in asked ? uploadKindOf(asked.file) : undefined;
    if ("file" in asked && kindOfUpload !== undefined) {
      const recording = { file: asked.file, label, idempotencyKey };
      run(() => upload(recording, kindOfUpload));
    } else run(async () => onChecked(await api.check(asked, label, idempotencyKey)));
  };
  const upload = async (
    recording: Parameters<typeof checkRecording>[1],
    kindOfUpload: Parameters<typeof checkRecording>[2],
  ) => {
    try {
      onChecked(await checkRecording(api, recording, kindOfUpload, setStep));
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      complain(error.state === "refused" ? say.uploadRefused : say.uploadGivenBack);
    } finally {
      setStep(undefined);
    }
  };
  return (
    <form className="panel fields" onSubmit={ask}>
      <fieldset className="choices">
        <legend>{say.what}</legend>
        {kinds.map(([value, name]) => (
          <label key={value}>
            <input
              type="radio"
              name="kind"
              value={value}
              checked={kind === value}
              onChange={() => setKind(value)}
            />
            {name}
          </label>
        ))}
      </fieldset>
      <Given kind={kind} />
      <label className="field">
        {say.label}
        <input name="label" maxLength={100} />
      </label>
      <div className="actions">
        <button type="submit" className="button" disabled={busy}>
          {busy ? say.asking : say.ask}
        </button>
      </div>
      <Progress step={step} />
      {fault === undefined ? null : <p role="alert">{fault}</p>}
    </form>
  );
}

/** How far a large recording is. */
function Progress({ step }: { step: Step | undefined }) {
  return (
    <div role="status">
      {step === undefined ? null : (
        <label className="field">
          {say.steps[step.what]}
          <progress max={1} {...(step.share === undefined ? {} : { value: step.share })} />
        </label>
      )}
    </div>
  );
}

function Given({ kind }: { kind: Kind }) {
  switch (kind) {
    case "text":
      return (
        <label className="field">
          {say.pasteText}
          <textarea name="text" rows={8} maxLength={50_000} />
        </label>
      );
    case "file":
      return (
        <label className="field">
          {say.chooseFile}
          <input name="file" type="file" accept="image/jpeg,image/png,image/webp,audio/*,video/*" />
        </label>
      );
    case "url":
      return (
        <label className="field">
          {say.typeAddress}
          <input name="url" type="url" maxLength={2_000} />
        </label>
      );
  }
}

function textIn(given: FormData, name: string): string {
  const value = given.get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** Undefined: nothing was given. */
function askedIn(kind: Kind, given: FormData): Asked | undefined {
  const file = given.get("file");
  if (kind === "file") return file instanceof File && file.size > 0 ? { file } : undefined;
  const text = textIn(given, kind);
  if (text === "") return undefined;
  return kind === "text" ? { text } : { url: text };
}
