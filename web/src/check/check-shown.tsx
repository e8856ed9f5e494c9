/** One check, as whoever has to decide something reads it: what it says of itself, what can be seen, whether it was generated. */
import type { Check } from "../api/contract.ts";
import { number } from "../words/counted.ts";
import { declaredOf, generatedOf, marksOf, statementOf } from "./check-words.ts";
import { say } from "./say.ts";

export function CheckShown({ check }: { check: Check }) {
  const statement = statementOf(check);
  const marks = marksOf(check);
  return (
    <>
      {generatedOf(check).map((sentence) => (
        <p key={sentence}>
          <strong>{sentence}</strong>
        </p>
      ))}
      {check.generated.isExperimental === true ? <p className="quiet">{say.experimental}</p> : null}
      <p>{declaredOf(check)}</p>
      {statement === undefined ? null : <p>{statement}</p>}
      {marks.length === 0 ? (
        <p>{say.noMarks}</p>
      ) : (
        <ul className="gives">
          {marks.map((mark) => (
            <li key={mark}>{mark}</li>
          ))}
        </ul>
      )}
      <p className="quiet check-file">{say.file(check.sha256, number(check.bytes))}</p>
    </>
  );
}
