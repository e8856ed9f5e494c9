/** The languages of the console, each under its own name. */
import { type Language, languageNames, languages } from "@vigil/core/language/languages";
import { spokenLanguage } from "./spoken.ts";

type Props = { label: string; disabled?: boolean; onChoose: (language: Language) => void };

export function LanguageChoice({ label, disabled = false, onChoose }: Props) {
  return (
    <select
      aria-label={label}
      value={spokenLanguage()}
      disabled={disabled}
      onChange={({ target }) => {
        const chosen = languages.find((each) => each === target.value);
        if (chosen !== undefined) onChoose(chosen);
      }}
    >
      {languages.map((each) => (
        <option key={each} value={each} lang={each}>
          {languageNames[each]}
        </option>
      ))}
    </select>
  );
}
