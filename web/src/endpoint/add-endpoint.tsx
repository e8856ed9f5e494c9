/** Adds a way to be told: this browser, an e-mail address, a webhook. */

import { type SubmitEvent, useId, useState } from "react";
import { createIdempotencyKey } from "../api/asking.ts";
import type { Endpoint, EndpointInput, Level, WantedKind } from "../api/contract.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useVisit } from "../shell/visit.ts";
import { everywhere } from "../words/say.ts";
import { say } from "./say.ts";
import { SecretOnce } from "./secret-once.tsx";
import { subscribe } from "./this-browser.ts";
import { useDeed } from "./use-deed.ts";

type Type = Endpoint["type"];

const levels: readonly Level[] = ["low", "standard", "elevated", "critical"];
const allKinds = Object.keys(say.kinds) as WantedKind[];
/** What an installation offers does not change while a page is open. */
const offerEveryMs = 10 * 60_000;

export function AddEndpoint({ onAdded }: { onAdded: () => void }) {
  const { api } = useVisit();
  const { value: offer } = useAnswer(["endpoint offer"], api.endpointOffer, offerEveryMs);
  const [type, setType] = useState<Type>("webhook");
  const [address, setAddress] = useState("");
  const [levelFrom, setLevelFrom] = useState<Level>("standard");
  const [wanted, setWanted] = useState<readonly WantedKind[]>(allKinds);
  const [secret, setSecret] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const deed = useDeed(onAdded);
  const field = useId();
  const offered: readonly Type[] = [
    ...(offer === undefined || offer.vapidPublicKey === null ? [] : (["push"] as const)),
    ...(offer?.email === true ? (["email"] as const) : []),
    "webhook",
  ];

  const add = async () => {
    setSecret(undefined);
    setRefused(undefined);
    const wishes = { levelFrom, kinds: [...wanted], siteIds: null, quietHours: "hold" as const };
    const target = await targetOf(type, address, offer?.vapidPublicKey ?? "");
    if ("why" in target) return setRefused(target.why);
    const added = await api.addEndpoint({ ...target, ...wishes } as EndpointInput, createIdempotencyKey());
    setSecret(added.secret);
    return setAddress("");
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    deed.run(add);
  };

  return (
    <form className="panel fields" onSubmit={submit} aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>{say.add}</h2>
      <TypeChoice offered={offered} type={type} onChoose={setType} />
      <TargetField type={type} address={address} onChange={setAddress} />
      <div className="field">
        <label htmlFor={`${field}-level`}>{say.fromLevel}</label>
        <select
          id={`${field}-level`}
          value={levelFrom}
          onChange={(event) => setLevelFrom(event.target.value as Level)}
        >
          {levels.map((level) => (
            <option key={level} value={level}>
              {everywhere.levelsWithin[level]}
            </option>
          ))}
        </select>
      </div>
      <KindChoice wanted={wanted} onChoose={setWanted} />
      <div className="actions">
        <button type="submit" className="button" disabled={deed.busy || wanted.length === 0}>
          {deed.busy ? everywhere.adding : say.addNow}
        </button>
      </div>
      <p className="fault" role="alert">
        {refused ?? deed.fault}
      </p>
      {secret === undefined ? null : <SecretOnce secret={secret} />}
    </form>
  );
}

function TypeChoice(props: { offered: readonly Type[]; type: Type; onChoose: (type: Type) => void }) {
  const { offered, type, onChoose } = props;
  const group = useId();
  return (
    <fieldset className="choices">
      <legend>{say.whatIsIt}</legend>
      {offered.map((each) => (
        <label key={each}>
          <input type="radio" name={group} checked={type === each} onChange={() => onChoose(each)} />
          {say.types[each]}
        </label>
      ))}
    </fieldset>
  );
}

function TargetField(props: { type: Type; address: string; onChange: (address: string) => void }) {
  const { type, address, onChange } = props;
  const field = useId();
  if (type === "push") {
    return <p className="quiet">{say.browserToo}</p>;
  }
  const isEmail = type === "email";
  return (
    <div className="field">
      <label htmlFor={field}>{isEmail ? say.email : say.url}</label>
      <input
        id={field}
        type={isEmail ? "email" : "url"}
        required
        value={address}
        placeholder={isEmail ? say.exampleEmail : say.exampleUrl}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function KindChoice(props: {
  wanted: readonly WantedKind[];
  onChoose: (wanted: readonly WantedKind[]) => void;
}) {
  const { wanted, onChoose } = props;
  return (
    <fieldset className="choices">
      <legend>{say.whatShallBeTold}</legend>
      {allKinds.map((kind) => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={wanted.includes(kind)}
            onChange={() => onChoose(toggled(wanted, kind))}
          />
          {say.kinds[kind]}
        </label>
      ))}
    </fieldset>
  );
}

function toggled(wanted: readonly WantedKind[], kind: WantedKind): WantedKind[] {
  return wanted.includes(kind) ? wanted.filter((each) => each !== kind) : [...wanted, kind];
}

async function targetOf(type: Type, address: string, vapidPublicKey: string) {
  if (type === "webhook") return { type, url: address.trim() };
  if (type === "email") return { type, address: address.trim() };
  const subscribed = await subscribe(vapidPublicKey);
  if (subscribed.kind === "refused") return { why: subscribed.why };
  return { type, subscription: subscribed.subscription };
}
