/** In which language one is told things. */
import type { Language } from "@vigil/core/language/languages";
import { useDeed } from "../endpoint/use-deed.ts";
import { useVisit } from "../shell/visit.ts";
import { changeLanguage } from "../words/change-language.ts";
import { LanguageChoice } from "../words/language-choice.tsx";
import { say } from "./say.ts";

export function LanguagePanel() {
  const { api, membership } = useVisit();
  const deed = useDeed(() => {});
  // A token is no person: for whoever came with one, it is this browser's language.
  const choose = async (language: Language) => {
    if (membership !== undefined) await api.changePerson(language);
    changeLanguage(language);
  };
  return (
    <section className="panel" aria-labelledby="language-title">
      <h2 id="language-title">{say.language}</h2>
      <p className="quiet">{membership === undefined ? say.languageHere : say.languageWhat}</p>
      <div>
        <LanguageChoice
          label={say.language}
          disabled={deed.busy}
          onChoose={(language) => deed.run(() => choose(language))}
        />
      </div>
      <p className="fault" role="alert">
        {deed.fault}
      </p>
    </section>
  );
}
