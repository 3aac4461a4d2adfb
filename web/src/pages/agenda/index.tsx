import type { Agenda, ElementBrief, InstrumentBrief, Programme, SourceNote } from "../../api/types";
import { day, period } from "../../format";
import { Heading } from "../../parts/Heading";
import { Picker } from "../../parts/Picker";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Empty, Failed, Loading } from "../../parts/States";
import { Told } from "../../parts/Told";
import { navigate, useQuery } from "../../router";
import { t } from "../../words";
import { Contents } from "../place/Contents";
import { Section } from "../place/Section";
import { DayPicker, Findings, InstrumentLink, Source, Unverified, useAgenda, useHash, useNameOf, useTo } from "./Common";
import { boundWords, elementTitle, moreWords, Shares } from "./Counts";
import { IndicatorOf } from "./Indicator";
import "../shared.css";
import "../place/place.css";
import "./agenda.css";

/** The ten elements: what each asks, its norms, its practice, and what became of it. */
export default function AgendaPage() {
  const api = useAgenda<Agenda>("/api/v1/agenda");
  const agenda = api.data;
  useHash(agenda !== null);
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
        {of.kind === "political" ? `. ${t("agenda-political")}` : `, ${of.entered_into_force ? t("agenda-in-force-since", { day: day(of.entered_into_force) }) : t("agenda-not-in-force")}`}
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
