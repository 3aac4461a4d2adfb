import { language, t } from "../../words";
import { nameOf, openSource, type Page } from "./about";
import { headline, say } from "./headline";

/** What happens to people here, in a few sentences; each opens to the rows on which it rests. */
export function Headline({ page }: { page: Page }) {
  return (
    <ul class="headline">
      {headline(page.answer).map((sentence) => (
        <li key={sentence.id}>
          {say(sentence, t, language())}
          {sentence.measures.map((measure, at) => (
            <button
              key={measure}
              type="button"
              class="source-mark"
              title={nameOf(page, measure)}
              aria-label={t("place-source-of", { measure: nameOf(page, measure) })}
              onClick={() => openSource(page, measure)}
            >
              {sentence.measures.length > 1 ? t("place-source-number", { number: at + 1 }) : t("place-source")}
            </button>
          ))}
        </li>
      ))}
    </ul>
  );
}
