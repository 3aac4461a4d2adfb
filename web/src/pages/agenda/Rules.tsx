import type { InstrumentPage } from "../../api/types";
import { day } from "../../format";
import { Notes } from "../../parts/SourcePanel";
import { Told } from "../../parts/Told";
import { t } from "../../words";
import { Section } from "../place/Section";
import { articleWords } from "./Common";

/** When it enters into force, and how it is left: each in a sentence, with its article. */
export function Rules({ page }: { page: InstrumentPage }) {
  if (page.rules.length === 0) return null;
  return (
    <Section id="rules" title={t("agenda-rules")}>
      <ul>
        {page.rules.map((rule) => (
          <li key={rule.article + rule.told}>
            <Told text={rule.told} /> {rule.article && <small lang="en">{articleWords(rule.article)}</small>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Which texts the rules were read off, and when. What was not is from general knowledge. */
export function Read({ page }: { page: InstrumentPage }) {
  if (page.read.length === 0) return null;
  return (
    <Section id="read" title={t("agenda-read")}>
      <ul>
        {page.read.map((one) => (
          <li key={one.text}>
            <span lang="en">
              {one.text}
              {one.articles.length > 0 && `, ${one.articles.join(", ")}`}
            </span>
            {t("colon")} {one.checked ? t("agenda-read-on", { day: day(one.checked) }) : <b class="unverified">{t("agenda-not-checked")}</b>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What each party must do by a day that comes again. */
export function Duties({ page }: { page: InstrumentPage }) {
  if (page.duties.length === 0) return null;
  return (
    <Section id="duties" title={t("agenda-duties")} wide>
      {page.duties.map((duty) => (
        <article key={duty.id}>
          <h3 lang="en">{duty.title}</h3>
          <p class="prose">
            <Told text={duty.told} /> <small lang="en">{articleWords(duty.article)}</small>
          </p>
          <p class="note">
            {t(duty.voluntary ? "agenda-voluntary-said" : "agenda-binding-said")}{" "}
            {duty.register ? (
              <>
                {t("agenda-register")} <span lang="en">{duty.register}</span>
              </>
            ) : (
              t("agenda-register-none")
            )}
          </p>
          <Notes notes={duty.notes} />
        </article>
      ))}
    </Section>
  );
}

/** What must be done once. */
export function Deadlines({ page }: { page: InstrumentPage }) {
  if (page.deadlines.length === 0) return null;
  return (
    <Section id="deadlines" title={t("agenda-deadlines")} wide>
      {page.deadlines.map((deadline) => (
        <article key={deadline.id}>
          <h3 lang="en">{deadline.title}</h3>
          <p class="prose">
            <Told text={deadline.told} /> <small lang="en">{articleWords(deadline.article)}</small>
          </p>
          <p class="note">
            {t("agenda-concerns")} <Told text={deadline.concerns} />
            {deadline.extension && (
              <>
                {" "}
                {t("agenda-extension")} <span lang="en">{articleWords(deadline.extension)}</span>
              </>
            )}
          </p>
          <Notes notes={deadline.notes} />
        </article>
      ))}
    </Section>
  );
}
