import { language, t } from "../../words";
import { nameOf, openSource, type Page } from "./about";
import { headline, say, type Sentence } from "./headline";

/** What happens to people here, in a few sentences; each opens to the rows on which it rests. */
export function Headline({ page }: { page: Page }) {
  return (
    <ul class="headline">
      {headline(page.answer).map((sentence) => (
        <Said key={sentence.id} page={page} sentence={sentence} />
      ))}
    </ul>
  );
}

/** The marks of the sources do not stand apart from the last word. */
function Said({ page, sentence }: { page: Page; sentence: Sentence }) {
  const words = say(sentence, t, language());
  const last = words.lastIndexOf(" ") + 1;
  return (
    <li>
      {words.slice(0, last)}
      <span class="nowrap">
        {words.slice(last)}
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
      </span>
    </li>
  );
}
