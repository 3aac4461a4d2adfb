import type { Agenda, ElementBrief, InstrumentBrief, Programme, SourceNote } from "../../api/types";
import { StackBar } from "../../charts/StackBar";
import { day, number, period } from "../../format";
import { Heading } from "../../parts/Heading";
import { Picker } from "../../parts/Picker";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Empty, Failed, Loading } from "../../parts/States";
import { Told } from "../../parts/Told";
import { navigate, useQuery } from "../../router";
import { has, t } from "../../words";
import { Contents } from "../place/Contents";
import { Section } from "../place/Section";
import { DayPicker, Findings, InstrumentLink, Source, Unverified, useAgenda, useNameOf, useTo } from "./Common";
import { IndicatorOf } from "./Indicator";
import { colourOf, share } from "./standing";
import "../shared.css";
import "../place/place.css";
import "./agenda.css";

/** The ten elements: what each asks, its norms, its practice, and what became of it. */
export default function AgendaPage() {
  const api = useAgenda<Agenda>("/api/v1/agenda");
  const agenda = api.data;
  return (
    <>
      <Heading title={t("agenda-title")} />
      <p class="lead">{t("agenda-lead")}</p>
      <Choices shown={agenda?.as_of} />
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {!agenda && api.state !== "error" && <Loading lines={12} />}
      {agenda && api.state !== "error" && (
        <div aria-busy={api.state === "loading"}>
          <p class="note">{t("agenda-told-for", { day: day(agenda.as_of) })}</p>
          <Contents of={agenda} />
          {agenda.elements.map((element) => (
            <ElementOf key={element.number} element={element} titles={agenda.sources} />
          ))}
          <Findings of={agenda.findings} />
          <Sources sources={agenda.sources} heading="h2" />
          <Notes notes={agenda.notes} />
        </div>
      )}
    </>
  );
}

function Choices({ shown }: { shown: string | undefined }) {
  const [asOf] = useQuery("as_of");
  const to = useTo();
  return (
    <div class="controls">
      <DayPicker shown={shown} />
      <Picker label={t("agenda-find-party")} onPick={(place) => navigate(`/agenda/party/${place}`, { as_of: asOf })} />
      <a class="chip" href={to("/agenda/calendar")}>
        {t("agenda-calendar")}
      </a>
    </div>
  );
}

/** The title of an element in the language of the day. */
export function elementTitle(element: { number: number; title?: string }): string {
  const id = `agenda-element-${element.number}`;
  return has(id) ? t(id) : (element.title ?? String(element.number));
}

function ElementOf({ element, titles }: { element: ElementBrief; titles: SourceNote[] }) {
  const to = useTo();
  return (
    <Section id={`element-${element.number}`} title={`${element.number}. ${elementTitle(element)}`} wide>
      <p class="prose">
        <Told text={element.asks} />
      </p>
      <div class="two">
        <div>
          <h3>{t("agenda-norms")}</h3>
          <p>
            <Told text={element.norms} />
          </p>
          {element.instruments.length === 0 && <Empty>{t("agenda-no-instrument")}</Empty>}
          <ul class="agenda-instruments">
            {element.instruments.map((instrument) => (
              <li key={instrument.id}>
                <Instrument of={instrument} titles={titles} />
              </li>
            ))}
          </ul>
          <p class="note">
            <a href={to("/agenda/calendar", { element: String(element.number) })}>{t("agenda-calendar-of-element")}</a>
          </p>
        </div>
        <div>
          <h3>{t("agenda-practice")}</h3>
          <Practice element={element} titles={titles} />
        </div>
      </div>
      <h3>{t("agenda-progress")}</h3>
      {element.indicators.length === 0 && <Empty>{t("agenda-no-indicator")}</Empty>}
      <div class="agenda-indicators">
        {element.indicators.map((indicator) => (
          <IndicatorOf key={indicator.id} indicator={indicator} titles={titles} />
        ))}
      </div>
    </Section>
  );
}

function Instrument({ of, titles }: { of: InstrumentBrief; titles: SourceNote[] }) {
  return (
    <>
      <b>
        <InstrumentLink id={of.id} short={of.short} />
      </b>{" "}
      <span lang="en">{of.title}</span> <small>({t(`agenda-kind-${of.kind}`)})</small>
      <p class="note">
        {t("agenda-adopted-on", { day: day(of.adopted) })}
        {of.kind === "political" ? `. ${t("agenda-political")}` : ` ${of.entered_into_force ? t("agenda-in-force-since", { day: day(of.entered_into_force) }) : t("agenda-not-in-force")}`}
      </p>
      <CountsOf of={of} titles={titles} />
    </>
  );
}

/** How many are bound, with the day to which the list speaks; a bar only where they were counted. */
function CountsOf({ of, titles }: { of: InstrumentBrief; titles: SourceNote[] }) {
  const { counts } = of;
  if (!counts) return of.kind === "political" ? null : <p class="note">{t("agenda-no-list")}</p>;
  return (
    <>
      <Shares counts={counts} name={of.short} />
      <p class="note">
        {boundWords(counts)} {moreWords(counts)} {of.source && <Source id={of.source} titles={titles} />}
      </p>
    </>
  );
}

type Counts = NonNullable<InstrumentBrief["counts"]>;

export function boundWords({ in_force, known_to }: Counts): string {
  return known_to ? t("agenda-bound-by-list", { count: in_force, day: day(known_to) }) : t("agenda-bound-count", { count: in_force });
}

/** What else was counted; of what there is none nothing is said. */
export function moreWords(counts: Counts): string {
  const told = (["provisional", "notified", "contested", "withdrawn", "unverified"] as const).filter((what) => counts[what] > 0);
  return told.map((what) => t(`agenda-count-${what}`, { count: counts[what] })).join(" ");
}

export function Shares({ counts, name }: { counts: Counts; name: string }) {
  const of = share(counts);
  if (!of) return null;
  const parts = [
    { id: "bound", title: t("agenda-standing-bound"), value: of.bound, colour: colourOf("bound") },
    { id: "ahead", title: t("agenda-standing-deposited"), value: of.ahead, colour: colourOf("deposited") },
    { id: "signed", title: t("agenda-signed-only"), value: of.signed, colour: colourOf("signed") },
  ].filter((part) => part.value > 0);
  if (parts.length === 0) return null;
  const told = parts.map((part) => ({ ...part, said: number(part.value) }));
  return <StackBar parts={told} label={`${name}${t("colon")} ${told.map((part) => `${part.title} ${part.said}`).join("; ")}`} />;
}

function Practice({ element, titles }: { element: ElementBrief; titles: SourceNote[] }) {
  return (
    <>
      {element.practice.length + element.programmes.length === 0 && <Empty>{t("agenda-no-practice")}</Empty>}
      {element.practice.map((one) => (
        <p key={one.title}>
          <b lang="en">{one.title}</b>
          {t("colon")} <Told text={one.told} />
        </p>
      ))}
      {element.programmes.length > 0 && (
        <details class="agenda-meanings">
          <summary>{t("agenda-programmes", { count: element.programmes.length })}</summary>
          <ul>
            {element.programmes.map((one) => (
              <li key={one.id}>
                <ProgrammeOf of={one} titles={titles} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function ProgrammeOf({ of, titles }: { of: Programme; titles: SourceNote[] }) {
  const to = useTo();
  const nameOf = useNameOf();
  const span = [of.from, of.until].map((one) => (one ? period(one) : t("agenda-open-end")));
  return (
    <>
      {of.place ? <a href={to(`/agenda/party/${of.place}`)}>{nameOf(of)}</a> : <span lang="en">{of.name}</span>}
      {(of.place || of.name) && t("colon")} <span lang="en">{of.what}</span>
      {(of.from || of.until) && ` (${span.join("–")})`}
      <small class="under">
        {of.document && <span lang="en">{of.document}; </span>}
        <Source id={of.source} asOf={of.as_of} titles={titles} /> {!of.verified && <Unverified />}
      </small>
    </>
  );
}
