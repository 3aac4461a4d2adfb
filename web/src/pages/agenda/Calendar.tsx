import { useState } from "preact/hooks";
import type { Agenda, AgendaCalendar, SourceNote } from "../../api/types";
import { day, month as monthName, number } from "../../format";
import { Heading } from "../../parts/Heading";
import { Picker } from "../../parts/Picker";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Empty, Failed, Loading } from "../../parts/States";
import { useQuery } from "../../router";
import { t } from "../../words";
import { MeetingDay } from "./Around";
import { BasisOf, countdown, DayPicker, InstrumentLink, Meanings, PartyLink, Source, useAgenda, useNameOf, useTo, withQuery } from "./Common";
import { byMonth, type DueGroup, type Month } from "./days";
import { Status, statusCounts, What } from "./Due";
import { elementTitle } from "./Counts";
import "../shared.css";
import "../place/place.css";
import "./agenda.css";

const HORIZONS = ["3m", "6m", "12m", "2y", "5y", "10y"];
const HORIZON = "12m";
const ELEMENTS = Array.from({ length: 10 }, (_, at) => String(at + 1));

/** What is due in the next months, and the meetings. */
export default function CalendarPage() {
  const [due] = useQuery("due", HORIZON);
  const [party] = useQuery("party");
  const [instrument] = useQuery("instrument");
  const [element] = useQuery("element");
  const filters = { due, party, instrument, element };
  const api = useAgenda<AgendaCalendar>("/api/v1/agenda/calendar", filters);
  const to = useTo();
  const calendar = api.state === "error" ? null : api.data;
  return (
    <>
      <Heading title={t("agenda-calendar")} />
      <p class="lead">{t("agenda-calendar-lead")}</p>
      <div class="controls">
        <DayPicker shown={api.data?.as_of} />
        <Filters />
      </div>
      <p class="download">
        <a class="chip" href={withQuery("/api/v1/agenda/calendar.ics", filters)}>
          {t("agenda-subscribe")}
        </a>
        <a class="chip" href={to("/agenda")}>
          {t("agenda-to-all")}
        </a>
      </p>
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {!calendar && api.state !== "error" && <Loading lines={12} />}
      {calendar && (
        <div aria-busy={api.state === "loading"}>
          <Months calendar={calendar} />
          <Meanings of="due" />
          <Sources sources={calendar.sources} heading="h2" />
          <Notes notes={calendar.notes} />
        </div>
      )}
    </>
  );
}

function Filters() {
  const [due, setDue] = useQuery("due", HORIZON);
  const [instrument, setInstrument] = useQuery("instrument");
  const [element, setElement] = useQuery("element");
  const agenda = useAgenda<Agenda>("/api/v1/agenda").data;
  const instruments = [...new Map((agenda?.elements ?? []).flatMap((one) => one.instruments).map((one) => [one.id, one.short]))];
  const ids = instruments.some(([id]) => id === instrument) || !instrument ? instruments : [...instruments, [instrument, instrument] as const];
  const horizons = HORIZONS.includes(due) ? HORIZONS : [...HORIZONS, due];
  return (
    <>
      <label class="field">
        {t("agenda-horizon")}
        <select value={due} onChange={(event) => setDue(event.currentTarget.value)}>
          {horizons.map((one) => (
            <option key={one} value={one}>
              {horizonWords(one)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        {t("agenda-instrument")}
        <select value={instrument} onChange={(event) => setInstrument(event.currentTarget.value)}>
          <option value="">{t("agenda-all")}</option>
          {ids.map(([id, short]) => (
            <option key={id} value={id} lang="en">
              {short}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        {t("agenda-element")}
        <select value={element} onChange={(event) => setElement(event.currentTarget.value)}>
          <option value="">{t("agenda-all")}</option>
          {ELEMENTS.map((one) => (
            <option key={one} value={one}>
              {one}. {elementTitle({ number: Number(one) })}
            </option>
          ))}
        </select>
      </label>
      <PartyFilter />
    </>
  );
}

function PartyFilter() {
  const [party, setParty] = useQuery("party");
  const nameOf = useNameOf();
  if (!party) return <Picker label={t("agenda-of-party")} onPick={(place) => setParty(place)} />;
  return (
    <button type="button" class="chip" onClick={() => setParty("")} aria-label={t("agenda-without-party", { name: nameOf({ place: party, name: party }) })}>
      {nameOf({ place: party, name: party })} ✕
    </button>
  );
}

/** `12m` and `2y` in words. */
export function horizonWords(due: string): string {
  const [, count, unit] = /^(\d+)([my])$/.exec(due) ?? [];
  return count ? t(unit === "m" ? "agenda-months" : "agenda-years", { count: Number(count) }) : due;
}

type Meeting = AgendaCalendar["meetings"][number];

function Months({ calendar }: { calendar: AgendaCalendar }) {
  const { rows, meetings, total, as_of: asOf, until, sources } = calendar;
  const months = byMonth(rows, meetings.filter((one) => one.date !== null));
  const byYear = meetings.filter((one) => one.date === null);
  return (
    <>
      <p role="status">{t("agenda-calendar-count", { count: total, said: number(total), from: day(asOf), to: day(until), meetings: meetings.length })}</p>
      {rows.length < total && <p class="replay inset">{t("agenda-calendar-cut", { shown: number(rows.length), all: number(total) })}</p>}
      {months.length + byYear.length === 0 && <Empty>{t("agenda-calendar-none")}</Empty>}
      {months.map((one) => (
        <MonthOf key={one.month} month={one} asOf={asOf} titles={sources} />
      ))}
      {byYear.length > 0 && (
        <section class="agenda-month">
          <h2>{t("agenda-meetings-year")}</h2>
          <MeetingList meetings={byYear} titles={sources} />
        </section>
      )}
    </>
  );
}

function MonthOf({ month, asOf, titles }: { month: Month<Meeting>; asOf: string; titles: SourceNote[] }) {
  return (
    <section class="agenda-month" data-month={month.month ?? "none"}>
      <h2>{month.month ? monthName(month.month) : t("agenda-without-day")}</h2>
      <MeetingList meetings={month.meetings} titles={titles} />
      <ul class="agenda-due">
        {month.groups.map((group) => (
          <li key={group.key}>
            <Group group={group} asOf={asOf} titles={titles} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function MeetingList({ meetings, titles }: { meetings: Meeting[]; titles: SourceNote[] }) {
  if (meetings.length === 0) return null;
  return (
    <ul class="agenda-due">
      {meetings.map((meeting) => (
        <li key={meeting.instrument + meeting.title}>
          <span class="agenda-when">
            <MeetingDay of={meeting} />
          </span>
          <div>
            <b>{t("agenda-meeting")}</b>
            {t("colon")} <span lang="en">{meeting.title}</span>
            <small class="under">
              <InstrumentLink id={meeting.instrument} short={meeting.short} />; <Source id={meeting.source} titles={titles} />
            </small>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Parties up to which each has a line of its own. */
const FEW = 3;

/** What one day asks: of a few, each stands there; of many, how many, and who opens below. */
function Group({ group, asOf, titles }: { group: DueGroup; asOf: string; titles: SourceNote[] }) {
  const [first] = group.rows;
  if (!first) return null;
  const few = group.rows.length <= FEW;
  return (
    <>
      <span class="agenda-when">
        {group.due ? day(group.due) : t("agenda-no-day")}
        {group.due && <small class="under">{countdown(asOf, group.due)}</small>}
      </span>
      <div>
        <What row={first} />
        {few ? <Parties group={group} titles={titles} /> : <Many group={group} titles={titles} />}
      </div>
    </>
  );
}

function Many({ group, titles }: { group: DueGroup; titles: SourceNote[] }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="agenda-meanings" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t("agenda-parties", { count: group.rows.length })}
        {t("colon")} {statusCounts(group.rows)}
      </summary>
      {open && <Parties group={group} titles={titles} />}
    </details>
  );
}

function Parties({ group, titles }: { group: DueGroup; titles: SourceNote[] }) {
  return (
    <ul class="agenda-plain agenda-parties">
      {group.rows.map((row) => (
        <li key={`${row.participant}${row.covers}`}>
          <PartyLink of={row} />
          <Status row={row} />
          <small>
            <Source id={row.source} asOf={row.source_as_of} titles={titles} />
            <BasisOf basis={row.basis} notes={row.notes} of={`${row.short}, ${row.name}`} />
          </small>
        </li>
      ))}
    </ul>
  );
}
