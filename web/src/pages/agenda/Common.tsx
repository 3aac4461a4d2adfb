import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { type Api, useApi } from "../../api/client";
import type { AgendaFinding, Basis, DueRow, SourceNote, StandingRow, StandingWord } from "../../api/types";
import { day } from "../../format";
import { usePlaces } from "../../parts/Picker";
import { Told } from "../../parts/Told";
import { href, type Query, useQuery, useRoute } from "../../router";
import { placeName, t } from "../../words";
import { distance } from "./days";
import { colourOf, DEADLINES, DUTIES, isUnverified, overOf, STANDINGS, toneOf } from "./standing";

/** The address of a page of the agenda; the day that is looked at goes along. */
export function useTo(): (path: string, query?: Query) => string {
  const { query } = useRoute();
  return (path, more = {}) => href(path, { as_of: query.get("as_of"), ...more });
}

/** An answer of the agenda for the day in the address. */
export function useAgenda<T>(path: string, query: Record<string, string> = {}): Api<T> {
  const [asOf] = useQuery("as_of");
  return useApi<T>(withQuery(path, { ...query, as_of: asOf }));
}

export function withQuery(path: string, query: Record<string, string>): string {
  const given = Object.entries(query).filter(([, value]) => value !== "");
  const text = new URLSearchParams(given).toString();
  return text ? `${path}?${text}` : path;
}

/** Goes to the part of the page that the address names, once it is there. */
export function useHash(ready: boolean) {
  useEffect(() => {
    const { hash } = window.location;
    if (ready && hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [ready]);
}

/** The day that is looked at, for all pages of the agenda. */
export function DayPicker({ shown }: { shown: string | undefined }) {
  const [asked, setAsked] = useQuery("as_of");
  const pick = (input: HTMLInputElement) => input.validity.valid && setAsked(input.value, { replace: false });
  return (
    <>
      <label class="field">
        {t("agenda-day")}
        <input type="date" min="1949-08-12" max="2100-12-31" value={asked || shown} onChange={(event) => pick(event.currentTarget)} />
      </label>
      {asked && (
        <button type="button" onClick={() => setAsked("", { replace: false })}>
          {t("agenda-today")}
        </button>
      )}
    </>
  );
}

/** The name of a participant: a country's in the language of the day. */
export function useNameOf(): (one: { place: string | null; name: string | null }) => string {
  const places = usePlaces();
  return ({ place, name }) => {
    const known = place ? places.get(place) : undefined;
    return known ? placeName(known) : (name ?? place ?? "");
  };
}

type Participant = Pick<StandingRow, "participant" | "place" | "name">;

export function PartyLink({ of }: { of: Participant }) {
  const to = useTo();
  const nameOf = useNameOf();
  return (
    <a href={to(`/agenda/party/${encodeURIComponent(of.place ?? of.participant)}`)} lang={of.place ? undefined : "en"}>
      {nameOf(of)}
    </a>
  );
}

export function InstrumentLink({ id, short }: { id: string; short: string }) {
  const to = useTo();
  return (
    <a href={to(`/agenda/instrument/${id}`)} lang="en">
      {short}
    </a>
  );
}

/** Where something stands, and of which day that is: a card by its id or, where there is room, by its title; or who says so. */
export function Source({ id, asOf, titles = [], whole = false }: { id: string | null; asOf?: string | null; titles?: SourceNote[]; whole?: boolean }) {
  if (!id) return <>{t("agenda-no-source")}</>;
  const title = titles.find((one) => one.id === id)?.title;
  return (
    <>
      {id === CATALOG ? (
        t("agenda-catalog")
      ) : /^[a-z0-9-]+$/.test(id) ? (
        <a href={href(`/data/${id}`)} lang="en" title={title}>
          {whole ? (title ?? id) : id}
        </a>
      ) : (
        <span lang="en">{id}</span>
      )}
      {asOf && `, ${t("as-of", { day: day(asOf) })}`}
    </>
  );
}

/** The source of what rests on no list: the catalog of the agenda itself. */
const CATALOG = "catalog";

/** An article as it is cited; a paragraph of a resolution stands as it is. */
export function articleWords(article: string): string {
  return /^\d/.test(article) ? t("agenda-article", { article }) : article;
}

export function Unverified() {
  return <span class="unverified">{t("agenda-unverified")}</span>;
}

/** On what a row rests, for who asks. `of` says of which row, to who hears it. */
export function BasisOf({ basis, notes, of }: { basis: Basis[]; notes: string[]; of: string }) {
  if (basis.length + notes.length === 0) return null;
  return (
    <details class="agenda-basis">
      <summary>
        {t("agenda-basis")}
        <span class="unseen"> {of}</span>
      </summary>
      <ul>
        {basis.map((one, at) => (
          <li key={at}>
            <Told text={one.act} />
            {one.date && `, ${day(one.date)}`}
            {one.article && (
              <>
                , <span lang="en">{articleWords(one.article)}</span>
              </>
            )}
            {one.source && (
              <>
                {"; "}
                <Source id={one.source} asOf={one.as_of} />
              </>
            )}
            {one.verified === false && (
              <>
                {" "}
                <Unverified />
              </>
            )}
          </li>
        ))}
        {notes.map((note) => (
          <li key={note}>
            <Told text={note} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A colour with what is drawn over it, as on the map. */
export function Swatch({ row }: { row: Pick<StandingRow, "standing" | "verified"> }) {
  return <i class={`standing-mark ${overOf(row).join(" ")}`} style={{ "--of": colourOf(toneOf(row.standing)) }} aria-hidden="true" />;
}

/** How a participant stands: colour and word, and a mark where it is not verified. */
export function Standing({ row }: { row: Pick<StandingRow, "standing" | "verified"> }) {
  return (
    <span class="standing">
      <Swatch row={row} />
      <span>
        {standingWord(row.standing)}
        {isUnverified(row) && (
          <>
            {" "}
            <Unverified />
          </>
        )}
      </span>
    </span>
  );
}

export function standingWord(standing: StandingWord): string {
  return t(`agenda-standing-${standing}`);
}

/** Since when, as exactly as the source tells. */
export function sinceWords({ since, since_basis }: Pick<StandingRow, "since" | "since_basis">): string {
  if (!since) return "–";
  if (since_basis === "year-only") return t("agenda-since-year", { year: since.slice(0, 4) });
  return since_basis === "no-later" ? t("agenda-since-no-later", { day: day(since) }) : day(since);
}

export function statusWord({ kind, status }: Pick<DueRow, "kind" | "status">): string {
  return t(`agenda-${kind}-${status}`);
}

/** How far a day is from the one that is looked at. */
export function countdown(asOf: string, due: string): string {
  const { unit, count, past } = distance(asOf, due);
  if (count === 0) return t("agenda-on-the-day");
  return t(`agenda-${past ? "ago" : "in"}-${unit}`, { count });
}

/** What the words mean, each in a sentence. */
export function Meanings({ of }: { of: "standing" | "due" }) {
  const words = of === "standing" ? STANDINGS.map((word) => `standing-${word}`) : [...DUTIES.map((word) => `duty-${word}`), ...DEADLINES.map((word) => `deadline-${word}`)];
  return (
    <details class="agenda-meanings">
      <summary>{t("agenda-meanings")}</summary>
      <dl class="why">
        {words.map((word) => (
          <div key={word}>
            <dt>{t(`agenda-${word}`)}</dt>
            <dd>{t(`agenda-${word}-said`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What does not fit together in the sources. */
export function Findings({ of }: { of: AgendaFinding[] }) {
  if (of.length === 0) return null;
  return (
    <section id="findings" class="place-section wide">
      <h2>{t("agenda-findings")}</h2>
      <p class="prose">{t("agenda-findings-lead")}</p>
      <ul class="notes">
        {of.map((one, at) => (
          <li key={at}>
            <Told text={one.message} />{" "}
            {one.source && <Source id={one.source} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A list of facts, without those that are not known. */
export function Facts({ of }: { of: [string, ComponentChildren][] }) {
  return (
    <dl class="why">
      {of
        .filter(([, fact]) => fact !== null && fact !== undefined && fact !== "")
        .map(([title, fact]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
    </dl>
  );
}
