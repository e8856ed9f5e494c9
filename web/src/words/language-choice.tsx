/** The languages of the console, each under its own name. */
import { type Language, languageNames, languages } from "@vigil/core/language/languages";
import { spokenLanguage } from "./spoken.ts";

type Props = {
  /** Left out: a label elsewhere names the control. */
  label?: string;
  id?: string;
  /** Left out: the language of the page. */
  chosen?: Language;
  disabled?: boolean;
  onChoose: (language: Language) => void;
};

export function LanguageChoice({ label, id, chosen = spokenLanguage(), disabled = false, onChoose }: Props) {
  return (
    <select
      id={id}
      aria-label={label}
      value={chosen}
      disabled={disabled}
      onChange={({ target }) => {
        const found = languages.find((each) => each === target.value);
        if (found !== undefined) onChoose(found);
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
