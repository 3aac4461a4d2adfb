// The answers of the agenda. Missing is null, never zero. Days are YYYY-MM-DD. Every answer can be asked for another day
// by `as_of`; without it, it is of today.
import type { SourceNote } from "./types";

export type StandingWord =
  | "unknown" | "asked" | "not-bound" | "signed" | "deposited" | "provisional" | "bound" | "withdrawal-announced"
  | "withdrawal-notified" | "withdrawal-suspended" | "withdrawal-revoked" | "withdrawn" | "contested";
export type DutyWord =
  | "not-yet-due" | "due-soon" | "submitted-on-time" | "submitted-late" | "overdue" | "submission-unknown" | "no-date"
  | "not-applicable" | "contested";
export type DeadlineWord =
  | "running" | "near" | "met" | "passed-outcome-unknown" | "not-applicable" | "not-known-whether-it-applies" | "contested";

export interface Counts {
  deposited: number; in_force: number; signed_only: number; provisional: number; withdrawn: number; notified: number;
  contested: number; unverified: number;
  known_to: string | null;            // the day to which the list speaks
}
export interface InstrumentBrief {
  id: string; short: string; title: string; kind: "treaty" | "protocol" | "political" | "declaration"; elements: number[];
  adopted: string; entered_into_force: string | null;
  counts: Counts | null;              // null where no list is held, or for a political instrument
  source: string | null;
}
/** On what a standing or a day rests: an action or a decision. */
export interface Basis {
  act: string; date: string | null; article: string | null; source: string | null; as_of: string | null;
  verified: boolean | null;
}

/** GET /api/v1/agenda */
export interface Agenda {
  as_of: string; elements: ElementBrief[]; findings: AgendaFinding[]; sources: SourceNote[]; notes: string[];
}
export interface ElementBrief {
  number: number; title: string; asks: string; norms: string; instruments: InstrumentBrief[];
  practice: { title: string; told: string }[]; programmes: Programme[]; indicators: Indicator[];
}
export interface Programme {
  id: string; place: string | null; name: string | null; what: string; from: string | null; until: string | null;
  document: string | null; source: string; as_of: string; verified: boolean;
}
export interface Indicator {
  id: string; title: string; unit: string | null;
  kind: "measure" | "observations" | "aid-workers" | "log" | "aid" | "funding" | "elsewhere";
  note: string | null;
  lines: IndicatorLine[];             // two where a method breaks; they are never joined
  missing: string | null;             // why there is nothing
  publisher: string | null; url: string | null;
}
export interface IndicatorLine { id: string; title: string; points: IndicatorPoint[]; source: string; as_of: string }
export interface IndicatorPoint { period: string; value: number; low: number | null; high: number | null; preliminary: boolean }
export interface AgendaFinding { instrument: string; participant: string; message: string; source: string | null }

/** GET /api/v1/agenda/instruments/apmbc */
export interface InstrumentPage {
  as_of: string; id: string; short: string; title: string; kind: string; elements: { number: number; title: string }[];
  adopted: string; adopted_at: string | null; entered_into_force: string | null; depositary: string | null;
  registration: string | null; url: string | null; protocol_to: { id: string; short: string } | null;
  rules: { told: string; article: string }[]; // entry into force, withdrawal, provisional application
  duties: InstrumentDuty[]; deadlines: InstrumentDeadline[]; meetings: Meeting[];
  read: { text: string; articles: string[]; checked: string | null }[];
  notes: string[];
  list: { source: string; as_of: string } | null; counts: Counts | null;
  parties: StandingRow[]; curve: CurvePoint[]; time_to_entry: TimeToEntry | null;
  calendar: DueRow[];                 // the last and the next of each duty and deadline
  late: DueRow[]; registers: Register[]; register_note: string | null;
  regions: Region[]; alike: Alike[]; beside: Beside | null; findings: AgendaFinding[]; sources: SourceNote[];
}
export interface InstrumentDuty {
  id: string; title: string; article: string; told: string; voluntary: boolean; register: string | null; notes: string[];
}
export interface InstrumentDeadline {
  id: string; title: string; article: string; told: string; concerns: string; extension: string | null; notes: string[];
}
export interface Meeting { title: string; date: string | null; until: string | null; year: number | null; source: string }
export interface CurvePoint { on: string; deposited: number; in_force: number }
export interface TimeToEntry {
  entry: string | null; days_from_adoption: number | null; consents_dated: number; first_quartile_days: number | null;
  median_days: number | null; third_quartile_days: number | null;
}
export interface Register { duty: string | null; from: string; until: string; source: string; as_of: string }
export interface Region {
  id: string; title: string; members: number; bound: number;
  not_joined: { place: string; name: string; standing: StandingWord }[]; source: string;
}
export interface Alike {
  participant: string; name: string; place: string | null;
  early_in: { instrument: string; short: string; on: string; rank: number; of: number }[];
}

export interface StandingRow {
  participant: string;
  place: string | null;               // ISO 3166 code; null for an organisation
  name: string; standing: StandingWord;
  told: string;                       // "bound since 1 March 1999"
  since: string | null; since_basis: SinceBasis | null; ahead: string | null; known_to: string | null;
  verified: boolean; declaration: boolean; source: string | null; source_as_of: string | null; basis: Basis[]; notes: string[];
}
export type SinceBasis = "rule" | "source" | "year-only" | "succession" | "no-later";
export interface DueRow {
  kind: "duty" | "deadline"; instrument: string; short: string; duty: string; title: string; article: string;
  participant: string; place: string | null; name: string; due: string | null; covers: string | null;
  status: DutyWord | DeadlineWord; told: string; received: string | null; months: number | null; voluntary: boolean;
  extensions: string[]; source: string | null; source_as_of: string | null; basis: Basis[]; notes: string[];
}
/** Promise and practice side by side. */
export interface Beside {
  title: string; unit: string;
  association: string;                // the sentence that it is no cause
  groups: BesideGroup[];
  rate_unit: string;
  /** Parties with all ten years: five before and five after each was bound. */
  before_after: { places: number; none_recorded: number; fewer: number; as_many: number; more: number } | null;
  years: string; source: string; as_of: string; notes: string[];
}
export interface BesideGroup {
  name: string; places: number; none_recorded: number; missing: number; total: number | null;
  total_low: number | null; total_high: number | null;
  /** Of their rates, in `rate_unit`. */
  median: number | null; first_quartile: number | null; third_quartile: number | null;
}

/** GET /api/v1/agenda/parties/NOR : a country by code or name, an organisation by name. */
export interface Party {
  as_of: string; participant: string; place: string | null; name: string;
  record: { on_time: number; late: number; overdue: number; submission_unknown: number; due_soon: number };
  instruments: PartyInstrument[];
  due: DueRow[];                      // the last and the next of each
  aid: AidYear[];                     // empty where it gives none that is known
  aid_workers: AidWorkersYear[];      // attacks in its territory
  findings: AgendaFinding[]; sources: SourceNote[]; notes: string[];
}
export interface PartyInstrument extends StandingRow { instrument: string; short: string; title: string; elements: number[]; kind: string }

/** GET /api/v1/agenda/calendar?due=12m&party=NOR&instrument=apmbc&element=1 ; calendar.ics is the same as iCalendar. */
export interface AgendaCalendar {
  as_of: string; until: string;
  rows: DueRow[];                     // at most 2000
  total: number;                      // how many there are in all
  meetings: (Meeting & { instrument: string; short: string })[];
  sources: SourceNote[]; notes: string[];
}

/** GET /api/v1/agenda/aid */
export interface AidAnswer {
  target: number; donors: { place: string | null; name: string; years: AidYear[] }[];
  differences: { place: string; name: string; year: number; one: number | null; dac1: number | null; told: string }[];
  sources: SourceNote[]; notes: string[];
}
export interface AidYear {
  year: number; method: "grant-equivalent" | "net";
  ratio: number | null;               // per cent of gross national income
  gap_points: number | null; gap_money: number | null; gap_low: number | null; gap_high: number | null;
  unit: string;                       // of the money: millions of US dollars, constant prices
  preliminary: boolean; missing: string | null; source: string; as_of: string;
}
export interface AidWorkersYear {
  year: number; attacks: number; killed: number; wounded: number; kidnapped: number; detained: number;
  by: { state: number; non_state: number; unknown: number }; // attacks
  pending: number; source: string; as_of: string;
}
