import type { ComponentChildren } from "preact";
import type { Examination, ImpactAnswer, PlaceName, PolicyBrief, Verdict, VerdictWord } from "../../api/impact";
import type { SourceNote } from "../../api/types";
import { day, percent, period } from "../../format";
import { Cite } from "../../parts/Download";
import { usePlaces } from "../../parts/Picker";
import { Told } from "../../parts/Told";
import { href } from "../../router";
import { measureDefinition, measureName, measureUnit, placeName, t } from "../../words";
import { type Stand, standOf, unitParts } from "./say";

// Told apart by their shapes alone.
const SHAPES: Record<Stand, ComponentChildren> = {
  fewer: <path d="M2 4h12l-6 9.5Z" class="full" />,
  more: <path d="M2 12.5h12L8 3Z" class="full" />,
  "none-larger": (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="2" class="full" />
      <path d="M4.5 6h7M4.5 10h7" class="cut" />
    </>
  ),
  "cannot-be-told": (
    <>
      <circle cx="8" cy="8" r="6.5" class="dashed" />
      <path d="M6 6.4a2 2 0 1 1 2.6 2c-.5.2-.6.5-.6 1.1M8 11.3v.7" class="hollow" />
    </>
  ),
  computing: <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" class="hollow" />,
};

/** An answer by shape, word and colour. */
export function Mark({ stand }: { stand: Stand }) {
  return (
    <span class={`verdict-mark ${stand}`}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        {SHAPES[stand]}
      </svg>
      <b>{t(`impact-word-${stand}`)}</b>
    </span>
  );
}

/** The verdict with its sentence, and what it rests on, or why there is none. */
export function VerdictBox({ verdict, children }: { verdict: Verdict; children?: ComponentChildren }) {
  return (
    <section class={`verdict ${verdict.word}`} aria-labelledby="verdict-title">
      <h2 id="verdict-title">
        <span class="unseen">
          {t("impact-verdict")}
          {t("colon")}{" "}
        </span>
        <Mark stand={verdict.word} />
      </h2>
      <p class="verdict-sentence">
        <Told text={verdict.sentence} />
      </p>
      {verdict.reasons.length > 0 && (
        <>
          <h3>{t(verdict.word === "cannot-be-told" ? "impact-why-not" : "impact-rests-on")}</h3>
          <ul>
            {verdict.reasons.map((reason) => (
              <li key={reason}>
                <Told text={reason} />
              </li>
            ))}
          </ul>
        </>
      )}
      {verdict.margin !== null && <p class="note">{t("impact-margin-stated", { margin: percent(verdict.margin, 0) })}</p>}
      {children}
    </section>
  );
}

/** What each of the four answers means. */
export function Meanings({ words }: { words: VerdictWord[] }) {
  return (
    <dl class="impact-answers">
      {words.map((word) => (
        <div key={word}>
          <dt>
            <Mark stand={word} />
          </dt>
          <dd>{t(`impact-word-${word}-said`)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The name of a place in the language of the day. */
export function useNames(): (place: PlaceName) => string {
  const places = usePlaces();
  return ({ code, name }) => placeName(places.get(code) ?? { name, place: code });
}

/** The name of a unit of an examination: a place, or an episode of one with the period in which it began. */
export function useUnitNames(answer: Pick<ImpactAnswer, "donors" | "place">): (unit: string) => string {
  const places = usePlaces();
  const told = new Map([answer.place, ...answer.donors.map((donor) => donor.place)].map((place) => [place.code, place.name]));
  return (unit) => {
    const { code, at } = unitParts(unit);
    const place = places.get(code);
    // What is no place of today is named by the server, an episode with its period.
    if (!place) return told.get(unit) ?? unit;
    return at ? `${placeName(place)}, ${period(at)}` : placeName(place);
  };
}

export function PlaceLink({ place }: { place: PlaceName }) {
  const nameOf = useNames();
  return <a href={href(`/place/${place.code}`)}>{nameOf(place)}</a>;
}

export function PolicyLink({ policy }: { policy: Pick<PolicyBrief, "id" | "title"> }) {
  return (
    <a href={href(`/impact/policy/${encodeURIComponent(policy.id)}`)} lang="en">
      {policy.title}
    </a>
  );
}

/** The verdict on a policy in a cell; of what cannot be told the first reason. */
export function VerdictCell({ of }: { of: Pick<PolicyBrief, "verdict"> }) {
  const reason = of.verdict?.word === "cannot-be-told" ? of.verdict.reasons[0] : null;
  return (
    <>
      <Mark stand={standOf(of)} />
      {reason && (
        <small class="under">
          <Told text={reason} />
        </small>
      )}
    </>
  );
}

/** What is counted, in the language of the day. */
export function outcomeName({ id, title }: { id: string; title: string }): string {
  return measureName({ id, title });
}

export function outcomeDefinition(outcome: ImpactAnswer["outcome"]): string {
  return measureDefinition(outcome);
}

export function outcomeUnit(outcome: ImpactAnswer["outcome"]): string {
  return measureUnit(outcome.unit);
}

/** Where a policy or its date is from: an address is a link. */
export function SourceOf({ source, checked }: { source: string; checked: string | null }) {
  return (
    <>
      {/^https?:/.test(source) ? (
        <a href={source} rel="noreferrer" class="address">
          {source}
        </a>
      ) : (
        <span lang="en">{source}</span>
      )}{" "}
      {checked ? `(${t("impact-checked", { day: day(checked) })})` : <b class="unread">{t("impact-not-checked")}</b>}
    </>
  );
}

/** The same answer to be kept: rows, everything, and how to cite it. */
export function Keep({ json, csv, title, sources }: { json: string; csv?: string; title: string; sources: SourceNote[] }) {
  return (
    <p class="download">
      <span>{t("download-label")}</span>
      {csv && (
        <a class="chip" href={csv} download="impact.csv">
          CSV
        </a>
      )}
      <a class="chip" href={json} download="impact.json">
        JSON
      </a>
      <Cite title={title} sources={sources} />
      <button type="button" onClick={() => window.print()}>
        {t("impact-print")}
      </button>
    </p>
  );
}

/** Whether the figures of an examination are a finding. */
export function isTold(of: Pick<Examination, "verdict">): boolean {
  return of.verdict.word !== "cannot-be-told";
}
