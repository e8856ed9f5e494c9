/** One check, as whoever has to decide something reads it: what it says of itself, what can be seen, whether it was generated. */
import type { Check } from "../api/contract.ts";
import { declaredOf, experimental, generatedOf, marksOf, statementOf, words } from "./check-words.ts";

export function CheckShown({ check }: { check: Check }) {
  const statement = statementOf(check);
  const marks = marksOf(check);
  return (
    <>
      <p>
        <strong>{generatedOf(check)}</strong>
      </p>
      {check.generated.isExperimental === true ? <p className="quiet">{experimental}</p> : null}
      <p>{declaredOf(check)}</p>
      {statement === undefined ? null : <p>{statement}</p>}
      {marks.length === 0 ? (
        <p>{words.noMarks}</p>
      ) : (
        <ul className="gives">
          {marks.map((mark) => (
            <li key={mark}>{mark}</li>
          ))}
        </ul>
      )}
      <p className="quiet">
        SHA-256 <code>{check.sha256}</code>, {check.bytes} bytes
      </p>
    </>
  );
}
