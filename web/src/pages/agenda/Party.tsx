import type { Party, PartyInstrument } from "../../api/types";
import { day, number } from "../../format";
import { Heading } from "../../parts/Heading";
import { Picker, usePlaces } from "../../parts/Picker";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Empty, Failed, Loading } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { href, navigate, useQuery } from "../../router";
import type { PageProps } from "../../routes";
import { placeName, t } from "../../words";
import { Contents } from "../place/Contents";
import { Section } from "../place/Section";
import { AidGap, AidWorkers } from "./Aid";
import { BasisOf, DayPicker, Findings, InstrumentLink, Meanings, sinceWords, Source, useAgenda, useHash, useTo } from "./Common";
import { inOrder } from "./days";
import { DueTable } from "./Due";
import { elementTitle } from "./Counts";
import { StandingCell } from "./Participants";
import { STANDINGS } from "./standing";
import "../shared.css";
import "../place/place.css";
import "./agenda.css";

/** A party: what binds it, what it owes, and its record. */
export default function PartyRoute({ params }: PageProps) {
  return <Of key={params.place} code={params.place ?? ""} />;
}

/** The party in the address, with its name in the language of the day. */
export function useParty(code: string) {
  const api = useAgenda<Party>(`/api/v1/agenda/parties/${encodeURIComponent(code)}`);
  const places = usePlaces();
  const party = api.state === "error" ? null : api.data;
  const known = places.get(party?.place ?? code);
  return { api, party, name: known ? placeName(known) : (party?.name ?? code) };
}

function Of({ code }: { code: string }) {
  const { api, party, name } = useParty(code);
  useHash(party !== null);
  return (
    <>
      <Heading title={t("agenda-title-of", { name })}>
        {t("agenda-title-of", { name })} {party?.place && <span class="code">{party.place}</span>}
      </Heading>
      <Choices code={code} party={party} />
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {!party && api.state !== "error" && <Loading lines={12} />}
      {party && (
        <div aria-busy={api.state === "loading"}>
          <p class="note">{t("agenda-told-for", { day: day(party.as_of) })}</p>
          <Record party={party} />
          <Contents of={party} />
          <Body party={party} name={name} />
        </div>
      )}
    </>
  );
}

function Choices({ code, party }: { code: string; party: Party | null }) {
  const [asOf] = useQuery("as_of");
  const to = useTo();
  return (
    <div class="controls">
      <DayPicker shown={party?.as_of} />
      <Picker label={t("agenda-find-party")} onPick={(place) => navigate(`/agenda/party/${place}`, { as_of: asOf })} />
      <a class="chip" href={to(`/agenda/party/${encodeURIComponent(code)}/report`)}>
        {t("agenda-report")}
      </a>
      <a class="chip" href={to("/agenda/calendar", { party: party?.place ?? code })}>
        {t("agenda-its-calendar")}
      </a>
      {party?.place && (
        <a class="chip" href={href(`/place/${party.place}`)}>
          {t("ladder-to-place")}
        </a>
      )}
      <a class="chip" href={to("/agenda")}>
        {t("agenda-to-all")}
      </a>
    </div>
  );
}

export const RECORD = ["on_time", "late", "overdue", "submission_unknown", "due_soon"] as const;

/** A part of the record in words. Where no submission is known either way, none on time, late or overdue is no zero. */
export function recordWords(record: Party["record"], what: (typeof RECORD)[number]): string {
  const blind = record.submission_unknown > 0 && record.on_time + record.late + record.overdue === 0;
  return blind && ["on_time", "late", "overdue"].includes(what) ? t("agenda-record-unknown") : number(record[what]);
}

/** How often it was on time. What nobody can know is counted apart. */
function Record({ party }: { party: Party }) {
  return (
    <>
      <dl class="key-figures">
        {RECORD.map((what) => (
          <div key={what} class="key-figure">
            <dt>{t(`agenda-record-${what}`)}</dt>
            <dd class="figure-value">{recordWords(party.record, what)}</dd>
          </div>
        ))}
      </dl>
      {party.record.submission_unknown > 0 && <p class="note">{t("agenda-duty-submission-unknown-said")}</p>}
    </>
  );
}

/** An instrument stands under the first of its elements, and names the others. */
export function byElement(instruments: PartyInstrument[]): { number: number; instruments: PartyInstrument[] }[] {
  const numbers = [...new Set(instruments.map((one) => one.elements[0] ?? 0))].sort((a, b) => a - b);
  return numbers.map((number) => ({ number, instruments: instruments.filter((one) => (one.elements[0] ?? 0) === number) }));
}

function Body({ party, name }: { party: Party; name: string }) {
  const groups = byElement(party.instruments);
  const due = inOrder(party.due);
  return (
    <>
      <Section id="due" title={t("agenda-due-title")} wide>
        {due.length === 0 ? <Empty>{t("agenda-due-none")}</Empty> : <DueTable rows={due} caption={t("agenda-due-caption", { name })} asOf={party.as_of} titles={party.sources} without={["who"]} />}
        <Meanings of="due" />
      </Section>
      {groups.length === 0 && <Empty>{t("agenda-no-instrument")}</Empty>}
      {groups.map((group) => (
        <Section key={group.number} id={`element-${group.number}`} title={group.number ? `${group.number}. ${elementTitle(group)}` : t("agenda-no-element")} wide>
          <Instruments rows={group.instruments} party={party} caption={elementTitle(group)} />
        </Section>
      ))}
      <Meanings of="standing" />
      <AidGap party={party} name={name} />
      <AidWorkers party={party} name={name} />
      <Findings of={party.findings} />
      <Sources sources={party.sources} heading="h2" />
      <Notes notes={party.notes} />
    </>
  );
}

function Instruments({ rows, party, caption }: { rows: PartyInstrument[]; party: Party; caption: string }) {
  const columns: Column<PartyInstrument>[] = [
    {
      id: "instrument",
      title: t("agenda-instrument"),
      cell: (row) => (
        <>
          <InstrumentLink id={row.instrument} short={row.short} /> <span lang="en">{row.title}</span>
          {row.elements.length > 1 && <small class="under">{t("agenda-also-element", { numbers: row.elements.slice(1).join(", ") })}</small>}
        </>
      ),
      sort: (row) => row.short,
    },
    { id: "standing", title: t("agenda-standing"), cell: (row) => <StandingCell row={row} />, sort: (row) => STANDINGS.indexOf(row.standing) },
    { id: "since", title: t("agenda-since-head"), cell: (row) => <span class="nowrap">{sinceWords(row)}</span>, sort: (row) => row.since },
    { id: "ahead", title: t("agenda-ahead"), cell: (row) => <span class="nowrap">{row.ahead ? day(row.ahead) : "–"}</span>, sort: (row) => row.ahead },
    {
      id: "source",
      title: t("agenda-source"),
      cell: (row) => (
        <>
          <Source id={row.source} asOf={row.source_as_of} titles={party.sources} />
          <BasisOf basis={row.basis} notes={row.notes} of={row.short} />
        </>
      ),
    },
  ];
  return <Table caption={caption} hideCaption label="instrument" columns={columns} rows={rows} rowKey={(row) => row.instrument} />;
}
