/** One of a few, or all of them. What the address names and nobody offers is shown too: a filter is never in force unseen. */
import { useId } from "react";
import { zone } from "../words/thing.ts";

type Props = {
  label: string;
  /** What is said while nothing is chosen. */
  all: string;
  value: string | undefined;
  options: readonly (readonly [value: string, words: string])[];
  onChoose: (value: string | undefined) => void;
};

export function Choice({ label, all, value, options, onChoose }: Props) {
  const field = useId();
  const isOffered = value === undefined || options.some(([each]) => each === value);
  return (
    <>
      <label htmlFor={field} className="visually-hidden">
        {label}
      </label>
      <select
        id={field}
        className="choice-small"
        data-chosen={value !== undefined}
        value={value ?? ""}
        onChange={(event) => onChoose(event.target.value === "" ? undefined : event.target.value)}
      >
        <option value="">{all}</option>
        {isOffered ? null : <option value={value}>{zone(value)}</option>}
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </>
  );
}
