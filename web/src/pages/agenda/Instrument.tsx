import type { InstrumentPage } from "../../api/types";
import { day } from "../../format";
import { Heading } from "../../parts/Heading";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Failed, Loading } from "../../parts/States";
import { Told } from "../../parts/Told";
import type { PageProps } from "../../routes";
import { t } from "../../words";
import { Contents } from "../place/Contents";
import { Section } from "../place/Section";
import { Accession } from "./Accession";
import { Alike, BesideOf, Meetings, Regions } from "./Around";
import { DayPicker, Facts, Findings, InstrumentLink, Meanings, Source, useAgenda, useHash, useTo } from "./Common";
import { DueByDuty, DueTable } from "./Due";
import { boundWords, elementTitle, moreWords, Shares } from "./Counts";
import { Participants } from "./Participants";
import { Deadlines, Duties, Read, Rules } from "./Rules";
import { StandingMap } from "./StandingMap";
import "../shared.css";
import "../place/place.css";
import "./agenda.css";

/** An instrument: who stands how, what it asks, who is late, and what it goes with. */
export default function InstrumentRoute({ params }: PageProps) {
  return <Of key={params.id} id={params.id ?? ""} />;
}

function Of({ id }: { id: string }) {
  const api = useAgenda<InstrumentPage>(`/api/v1/agenda/instruments/${encodeURIComponent(id)}`);
  const to = useTo();
  const page = api.state === "error" ? null : api.data;
  useHash(page !== null);
  return (
    <>
      <Heading title={page ? `${page.short}, ${page.title}` : id}>
        {page ? (
          <span lang="en">
            {page.short} <span class="code">{page.id}</span>
          </span>
        ) : (
          id
        )}
      </Heading>
      <div class="controls">
        <DayPicker shown={page?.as_of} />
        <a class="chip" href={to("/agenda")}>
          {t("agenda-to-all")}
        </a>
        <a class="chip" href={to("/agenda/calendar", { instrument: id })}>
          {t("agenda-its-calendar")}
        </a>
      </div>
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {!page && api.state !== "error" && <Loading lines={12} />}
      {page && (
        <div aria-busy={api.state === "loading"}>
          <Head page={page} />
          <Contents of={page} />
          <Body page={page} />
        </div>
      )}
    </>
  );
}

function Head({ page }: { page: InstrumentPage }) {
  const to = useTo();
  const { counts, list } = page;
  const elements = page.elements.map((element, at) => (
    <span key={element.number}>
      {at > 0 && "; "}
      <a href={`${to("/agenda")}#element-${element.number}`}>{elementTitle(element)}</a>
    </span>
  ));
  return (
    <>
      <p class="prose" lang="en">
        {page.title}
      </p>
      <p class="note">{t("agenda-told-for", { day: day(page.as_of) })}</p>
      <Facts
        of={[
          [t("agenda-kind"), page.kind === "political" ? `${t("agenda-kind-political")}. ${t("agenda-political")}` : t(`agenda-kind-${page.kind}`)],
          [t("agenda-protocol-to"), page.protocol_to && <InstrumentLink id={page.protocol_to.id} short={page.protocol_to.short} />],
          [t("agenda-elements"), elements.length > 0 ? elements : null],
          [t("agenda-adopted"), [day(page.adopted), page.adopted_at].filter(Boolean).join(", ")],
          [t("agenda-entered"), page.entered_into_force ? day(page.entered_into_force) : page.kind === "political" ? null : t("agenda-not-in-force")],
          [t("agenda-depositary"), page.depositary && <span lang="en">{page.depositary}</span>],
          [t("agenda-registration"), page.registration && <span lang="en">{page.registration}</span>],
          [t("agenda-text"), page.url && <a href={page.url} rel="noreferrer">{page.url}</a>],
          [t("agenda-list"), list ? <Source id={list.source} asOf={list.as_of} titles={page.sources} whole /> : page.kind === "political" ? null : t("agenda-no-list")],
          [t("agenda-counts"), counts && `${boundWords(counts)} ${moreWords(counts)}`],
        ]}
      />
      {counts && <Shares counts={counts} name={page.short} />}
    </>
  );
}

function Body({ page }: { page: InstrumentPage }) {
  const titles = page.sources;
  return (
    <>
      <Section id="standing" title={t("agenda-standing-map")} wide>
        <StandingMap page={page} />
      </Section>
      <div class="place-grid">
        {page.kind !== "political" && (
          <Section id="curve" title={t("agenda-curve")}>
            <Accession page={page} titles={titles} />
          </Section>
        )}
        <Rules page={page} />
        <Read page={page} />
      </div>
      <Duties page={page} />
      <Deadlines page={page} />
      <Late page={page} />
      <Section id="participants" title={t("agenda-participants")} wide>
        <Participants page={page} titles={titles} />
      </Section>
      <div class="place-grid">
        <Regions page={page} />
        <Alike page={page} />
      </div>
      <BesideOf page={page} />
      <Meetings page={page} />
      <Findings of={page.findings} />
      <Sources sources={titles} heading="h2" />
      <Notes notes={page.notes} />
    </>
  );
}

/** What is due, and who is late. Without a register of what was received nobody is told as late. */
function Late({ page }: { page: InstrumentPage }) {
  const { calendar, late, registers, register_note: note, sources: titles } = page;
  if (calendar.length + late.length + registers.length === 0 && !note) return null;
  return (
    <Section id="due" title={t("agenda-due-title")} wide>
      {note && (
        <p class="replay inset" role="note">
          <Told text={note} />
        </p>
      )}
      {registers.length > 0 && (
        <>
          <p>{t("agenda-registers")}</p>
          <ul>
            {registers.map((one) => (
              <li key={`${one.duty}${one.from}`}>
                {one.duty && <span lang="en">{page.duties.find((duty) => duty.id === one.duty)?.title ?? one.duty}, </span>}
                {t("agenda-from-to", { from: day(one.from), to: day(one.until) })}; <Source id={one.source} asOf={one.as_of} titles={titles} />
              </li>
            ))}
          </ul>
          <h3>{t("agenda-late")}</h3>
          {late.length === 0 ? <p>{t("agenda-late-none")}</p> : <DueTable rows={late} caption={t("agenda-late")} asOf={page.as_of} titles={titles} />}
        </>
      )}
      {calendar.length > 0 && (
        <>
          <h3>{t("agenda-last-next")}</h3>
          <DueByDuty rows={calendar} asOf={page.as_of} titles={titles} />
        </>
      )}
      <Meanings of="due" />
    </Section>
  );
}
