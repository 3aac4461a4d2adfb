// The shapes of the API's answers. Every number that is missing is null, never zero.
export type * from "./agenda";
export type * from "./impact";

/** A source on which an answer rests. */
export interface SourceNote { id: string; title: string; licence: string; citation: string; as_of: string | null }

export type Coverage = "covered" | "none recorded" | "earlier year" | "stale" | "not covered" | "no source" | "incomplete";

/** A value as the command line shows it too: rounded by the same rule. Format `value` with exactly `decimals` decimals. */
export interface Shown {
  sign: "" | "≥ " | "≤ ";
  mark: "" | "*" | "†";               // * of an earlier year, † more than three years old
  value: number | null; low: number | null; high: number | null; decimals: number;
  rate: number | null; rate_decimals: number; rate_under: boolean;   // rate_under: show "< 0.01"
}

/** One measure at one place and period. The first 16 fields are the columns of the CSV, in its order. */
export interface Figure {
  place: string; place_name: string; period: string; data_period: string | null; measure: string;
  value: number | null; low: number | null; high: number | null; interval_kind: string; unit: string;
  per_100k: number | null; population: number | null; coverage: Coverage; source: string; as_of: string | null; note: string;
}
export interface ShownFigure extends Figure { shown: Shown }

/** A table with what must be read with it. `next` is the address of the next page, where there is one. */
export interface Sheet<Row> { title: string; notes: string[]; sources: SourceNote[]; rows: Row[]; total: number; next: string | null }

export interface Worldview { title: string; disclaimer: string }

/** What the server is computing; `period` is the year of a "year". */
export interface Doing { what: "records" | "agenda" | "impact" | "forecast" | "ladder" | "indices" | "year"; period: string | null }

/** GET /api/v1/status */
export interface Status {
  name: string; version: string; manifest: number;
  state: "ready" | "assessing";       // assessing: more periods or the forecast are still being computed
  today: string; latest: string;      // "2024"
  periods: string[];                  // ["1989", …, "2024"], those that can be asked for now
  replay: string | null;              // the day on which the data end, where that is long ago
  has: { forecast: boolean; record: boolean; events: boolean; boundaries: boolean; areas: string[] };
  doing: Doing | null;
  fault: string | null;               // why the newest state could not be computed; the one before it is shown
  worldview: Worldview;
}

/** GET /api/v1/measures */
export interface Measure {
  id: string; title: string;          // titles of parts begin with "… "
  group: string; unit: string; definition: string; none_recorded: string | null;
  at: "period" | "end" | "survey" | "peak"; per: "midyear" | "yearend" | null;
  minimum: boolean; headline: boolean; alternative: string | null; share_of: string | null; adds: boolean;
  worst: "highest" | "lowest" | null;
  sort: "fear" | "want" | "both" | "neither";
  sources: string[];                  // by precedence; of a sum or a bound, those of its parts
}
export interface Measures { measures: Measure[]; core: { fear: string[]; want: string[] } }

/** GET /api/v1/places */
export interface Place {
  place: string; name: string; iso2: string | null; kind: "world" | "country" | "joint" | "area"; level: number;
  country: string | null; parts: string[];     // of a joint place such as ISR+PSE
  point: [number, number] | null; bbox: [number, number, number, number] | null; shape: boolean; // shape: its boundary is known
}
/** `figures`: whether it has any in the latest period, and so a page. */
export interface ListedPlace extends Place { figures: boolean }
export interface Places { places: ListedPlace[] }

/** GET /api/v1/world?period=2024 : every place by the measures that the map shows, column by column. */
export interface World {
  period: string; replay: string | null; notes: string[]; sources: SourceNote[];
  places: string[]; names: string[];  // the world (WLD) first, then by people killed
  measures: Record<string, WorldColumn>;
  forecast: WorldForecast | null;     // the pool, by country
}
export interface WorldColumn {
  value: (number | null)[]; low: (number | null)[]; high: (number | null)[]; per_100k: (number | null)[];
  coverage: Coverage[]; shown: (string | null)[]; // the value as the command line shows it, in English, with sign and mark
  rounded: (number | null)[]; sign: Shown["sign"][]; mark: Shown["mark"][]; decimals: number; // the same to be written in any language
  source: string[];                   // joined by " + "
}
export interface WorldForecast {
  origin: string; replay: boolean; from: string; to: string;   // the next 12 months
  places: string[]; median: number[]; low_90: number[]; high_90: number[]; p_25: number[] /* in the next month */; per_100k: (number | null)[];
  sources: SourceNote[];
}

/** GET /api/v1/places/UKR?period=2024 : everything of the page of a place. */
export interface PlaceAnswer {
  place: string; name: string; iso2: string | null; kind: Place["kind"]; country: string | null; parts: string[]; of: string[]; // joint places it is part of
  period: string; replay: string | null; reconstructed: boolean; unfinished: boolean; notes: string[];
  figures: ShownFigure[];             // in the order of the measures
  changes: { measure: string; from: string; to: string; before: number; after: number }[];
  gaps: { measure: string; title: string; coverage: Coverage; why: string }[];
  beside: { index: string; measure: string; index_rank: number; rank: number; of: number }[];
  history: Record<string, History>;   // yearly, headline measures and their parts
  months: { from: string; source: string; as_of: string | null; note: string; series: { id: string; violence: string; values: (number | null)[] }[] } | null;
  flows: { period: string; out: Flow[]; in: Flow[]; source: string; as_of: string } | null; // the ten largest each, and "others"
  aid: { periods: string[]; series: { id: string; title: string; unit: string; source: string; as_of: string; note: string; values: (number | null)[] }[] } | null; // given by this place; of different kinds, never added
  treaties: { instrument: string; title: string; last: string; date: string | null; source: string; as_of: string; note: string | null }[];
  indices: { recipe: string; title: string; unit: string; period: string; value: number | null; low: number | null; high: number | null; decimals: number; rank: number | null; rank_low: number | null; rank_high: number | null; of: number; better: "high" | "low" }[];
  forecast: PlaceForecast | null;
  communities: { level: string; period: string; notes: string[]; rows: ShownFigure[] } | null;
  events: { count: number; href: string } | null;
  sources: SourceNote[];
}
/** Years without a value of their own are left out. */
export interface History {
  periods: string[]; value: number[]; low: (number | null)[]; high: (number | null)[]; per_100k: (number | null)[];
  coverage: ("covered" | "none recorded" | "incomplete")[];
  rounded: number[]; sign: Shown["sign"][]; decimals: number; // the values as they are told
}
export interface Flow { place: string | null; name: string; people: number }

/** GET /api/v1/forecasts/UKR ; also within PlaceAnswer. */
export interface PlaceForecast {
  place: string; name: string; origin: string; replay: boolean; counted: string;
  history: { from: string; values: (number | null)[] };       // the last 60 months
  months: Ahead[]; totals: Ahead[];                              // totals over the next 3, 6 and 12 months
  why: { driver: string; said: string }[];
  record: WindowRecord[] | null; record_unknown: string | null;
  sources: SourceNote[]; notes: string[];
}
export interface Ahead {
  from: string; to: string; mean: number; median: number; low_50: number; high_50: number; low_90: number; high_90: number; low_95: number; high_95: number;
  p_1: number; p_25: number; p_100: number; p_1000: number; return_period_25: number | null;
}
export interface WindowRecord { window: string; pool: Record<string, number>; country12: Record<string, number>; reconstructed: boolean }

/** GET /api/v1/forecasts : the list. Rows are those of the CSV of `lysoen forecast`: one a place, model and target. */
export interface Forecasts {
  card: {
    title: string; counted: string; level: string; origin: string; replay: boolean; months: number; units: number;
    models: Record<string, string>; abstained: Record<string, string>; seed: number; version: string; sources: SourceNote[];
    record: { measured: WindowRecord[] } | { unknown: string }; notes: string[];
  };
  list: { place: string; name: string; next: Ahead; three: Ahead; twelve: Ahead; last_12: number | null; why: { driver: string; said: string }[] }[]; // by expected deaths in the next three months
  record: Backtest | null;            // the last backtest, as the observatory keeps it
}
export interface Backtest {
  program: string; level: string; counted: string; sources: SourceNote[]; vintages: string[];
  windows: { name: string; origin: string; first: string; last: string; units: number; unit_months: number; reconstructed: boolean }[];
  models: { name: string; windows: ({ crps: number; ign: number; mis: number; crps_log: number } | null)[]; coverage: { nominal: number; active: boolean; closed: [number, number, number]; randomised: [number, number, number] }[] }[];
  reliability: { threshold: number; bins: { forecast: number; observed: number; low: number; high: number; count: number }[] }[] | null;
}

/** GET /api/v1/indices */
export interface Indices { recipes: { id: string; title: string; description: string; built: boolean; why_not: string | null }[] }
/** GET /api/v1/indices/hdi?period=2022 ; POST /api/v1/indices/hdi/build {weights?: Record<node, number>, period?: string} gives the same shape. */
export interface IndexAnswer {
  recipe: string; title: string; description: string; unit: string; decimals: number; better: "high" | "low";
  period: string; periods: string[]; notes: string[]; caveats: string[]; sources: SourceNote[]; // caveats: what the recipe warns of
  tree: IndexNode[];                  // in reading order, the index first; `depth` 0 is the index
  places: { place: string; name: string; values: (number | null)[]; ranks: (number | null)[]; low: number | null; high: number | null; rank_low: number | null; rank_high: number | null; class: string | null }[]; // values and ranks node by node, in the order of the tree; sorted by rank
  interval: string | null; draws: number | null;   // what low and high are
  changed: boolean;                   // are the weights other than the recipe's own?
}
export interface IndexNode { id: string; title: string; depth: number; parent: string | null; weight: number | null; share: number; input: boolean; source: string | null; adjustable: boolean }
/** GET /api/v1/indices/hdi/sensitivity?period=2022 */
export interface Sensitivity { recipe: string; period: string; of: string; rows: { factor: string; first: number | null; first_low: number | null; first_high: number | null; total: number | null; total_low: number | null; total_high: number | null }[]; notes: string[] }

/** GET /api/v1/places/UKR/explain/killed?period=2024 : the rows that make up a figure. */
export interface ExplainRow { role: string; value: number; unit: string; what: string; place: string; start: string; end: string; source: string; dataset: string; as_of: string; file: string; row: number | null; table: string; licence: string }

/** GET /api/v1/sources ; GET /api/v1/sources/idmc adds caveats and releases. */
export interface SourceRow { source: string; title: string; publisher: string; licence: string; redistribute: "yes" | "no"; cadence: string; releases: number; rows: number | null; newest_vintage: string | null; freshness: string }
export interface SourceAnswer extends SourceRow { citation: string; homepage: string; licence_url: string | null; caveats: string[]; imported: { dataset: string; vintage: string; version: string | null; file: string; rows: number; scope: string; imported_at: string }[] }

/** GET /api/v1/methods ; GET /api/v1/methods/people */
export interface Methods { methods: { id: string; title: string }[] }
export interface Method { id: string; title: string; html: string }

/** GET /api/v1/events?place=UKR&from=2022-01-01&to=2022-12-31&limit=100&offset=0 */
export interface EventRow {
  event_id: string; country: string; start: string; end: string; date_precision: number | null; longitude: number | null; latitude: number | null; where_precision: number | null;
  where: string | null; violence: string; deaths_best: number | null; deaths_low: number | null; deaths_high: number | null; side_a: string | null; side_b: string | null; source: string; as_of: string; report: string | null;
}

/** GET /api/v1/warnings */
export interface Warnings {
  as_of: string;                      // the day for which it is told
  origin: string | null;              // the last month of data
  replay: boolean;                    // the data end more than three months before that day: never an alert
  label: string | null;               // what the banner says where it is a replay or reconstructed
  list: Warned[];                     // what stands, strongest first
  not_assessed: NotAssessed[]; triggers: TriggerCard[];
  log_head: string | null; log_records: number; indicators: Indicators | null; sources: SourceNote[]; notes: string[];
}
export type WarnedKind = "warning" | "observed-breach";
/** Places where a trigger could not be evaluated, by trigger and reason. */
export interface NotAssessed { trigger: string; why: string; places: number; example: string }
export interface Warned {
  place: string; name: string; trigger: string; title: string; kind: WarnedKind; reasons: string[];
  chance: number | null; window: WarnWindow | null;
  recorded: number | null;            // the newest warn record of this place and trigger
  answered: boolean | null;           // whether an act follows that record
  sources?: string[];                 // ids, where told
}
export interface WarnWindow { from: string; to: string; days: number; told: string }
export interface TriggerCard {
  id: string; title: string; description: string; when: string; kind: WarnedKind; event: string | null;
  evidence: string; confirmations: number; cool_down_months: number; window_days: number;
  record: TriggerRecord | null; record_unknown: string | null;
}
export interface TriggerRecord {
  told: string; measured_on: string; origins: string; threshold: number; thresholds_tried: number; in_sample: boolean; vintage: string;
  onset: TriggerCounts; continuation: TriggerCounts;
  curve: { threshold: number; hit_rate: number | null; false_alarm_ratio: number | null; activations_per_year: number; in_sample: boolean }[];
  beside: { name: string; hit_rate: number | null; false_alarm_ratio: number | null }[]; // at the same activation rate
}
/** Rates are null where fewer than ten events were seen. */
export interface TriggerCounts {
  windows: number; base_rate: number | null; events: number; hits: number; late: number; missed: number; episodes: number; false_alarms: number;
  hit_rate: Estimate | null; false_alarm_ratio: Estimate | null; false_alarms_per_place_year: Estimate | null;
  median_lead_days: number | null; return_period_years: number | null;
}
export interface Estimate { value: number; low: number; high: number }
export interface Indicators { warnings: number; answered_before: number; share: number | null; open: number; unanswered: number; median_days_to_action: number | null; by_place: IndicatorSlice[]; by_partner: IndicatorSlice[] }
export interface IndicatorSlice { name: string; warnings: number; answered_before: number; share: number | null; median_days_to_action: number | null }

/** GET /api/v1/ladder/UKR */
export interface Ladder {
  place: string; name: string; as_of: string; origin: string | null; replay: boolean; label: string | null;
  phase: string | null; phase_told: string; window: WarnWindow | null;
  situation: Fact[]; forecast: Fact[]; warnings: Warned[];
  rungs: Rung[];                      // soft to hard
  log: LogEntry[]; roles: Role[]; writable: boolean; read_only_because: string | null;
  log_head: string | null; sources: SourceNote[]; notes: string[];
}
/** A sentence, and the ids of the sources on which it rests. */
export interface Fact { said: string; sources: string[] }
export type Tier = "soft" | "medium" | "hard";
export type RungStatus = "open" | "blocked" | "not-assessed" | "under-way" | "tried-before";
export type Timing = "in-time" | "may-arrive-late" | "after-window";
export interface Rung {
  id: string; version: number; tier: Tier; phase: string[]; fits_phase: boolean | null; phase_told: string | null;
  title: string; description: string; actors: string[];
  status: RungStatus; status_told: string; // "blocked: host consent refused"
  reasons: string[]; open_for_sites: number | null;
  timing: Timing | null; timing_told: string; // null where there is no window
  lead: { least: number; most: number; told: string; estimated_by: string; estimated_on: string };
  latest_start: { in_time: string | null; at_all: string | null };
  waiting: string;                    // the cost of waiting
  below: { id: string; title: string; status_told: string }[]; // not yet tried
  harm_checks: { text: string; failed: boolean | null; because: string | null }[];
  legal_basis: Cited[]; precedents: Cited[];
  consent_needed_from: string[]; prerequisites: string[]; cost: string; finance_source: string;
  reversibility: string; review_after_days: number; exit_test: string; expected_effect_indicator: string; sharing: string;
  hard_note: string | null;
  sources?: string[];                 // ids of what its status rests on, where told
}
export interface Cited { text: string; checked: boolean }
export type LogKind = "warn" | "propose" | "decide" | "act";
/** GET /api/v1/log?place=UKR ; also within Ladder. */
export interface LogEntry {
  number: number; at: string; kind: LogKind; by: string; organisation: string; role: string; place: string; place_name: string;
  trigger: string | null; option: string | null; answers: number | null; answer: string | null;
  reason: string; outcome: string | null; expires: string | null; hash: string;
  state: string;                      // "open", "expired: unanswered", "taken", "under way" …
}
/** POST /api/v1/log with the header `x-lysoen: record` ; 201 LogEntry. */
export interface NewEntry { kind: LogKind; by: string; place: string; trigger?: string; option?: string; answers?: number; answer?: string; reason: string; outcome?: string; expires?: string }
export interface Role { id: string; title: string; organisation: string; may: string[]; tiers: string[]; publish: boolean }

/** Every error is application/problem+json. `field` names the field of what was sent that it is about. */
export interface Problem { type: string; title: string; status: number; detail: string; instance?: string; field?: string }
