// The answers of impact, and where they are asked for. Missing is null, never zero. Effects are of people more than
// there would have been: below zero where fewer were harmed.
import type { SourceNote } from "./types";

export type VerdictWord = "fewer" | "more" | "none-larger" | "cannot-be-told";
export type ImpactMethod = "its" | "did" | "sc" | "sc-predictors" | "ridge-sc" | "difp" | "sdid";
export interface PlaceName { code: string; name: string }
export interface Verdict { word: VerdictWord; sentence: string; reasons: string[]; margin: number | null }
export interface PeopleEffect { effect: number; low: number | null; high: number | null; observed: number; counterfactual: number }

/** GET /api/v1/impact : what can be asked, and what the catalog's policies and classes gave. */
export interface Impact {
  policies: PolicyBrief[]; classes: ClassBrief[]; rules: Rules;
  outcomes: { id: string; title: string; unit: string; months: boolean }[];   // what an own question can be asked of
  methods: { id: ImpactMethod; title: string }[];
  doing: string | null;               // the server still computes: what; verdicts not there yet are null
  sources: SourceNote[]; notes: string[];
}
export interface Rules {
  donors: number; periods_before: number; hold_out: number; band: number; widest: number; alpha: number; level: number;
  anticipation_months: number; peak: number; episodes: number;
}
export interface PolicyBrief {
  id: string; title: string; kind: string; kind_title: string;   // e.g. "arms-embargo", "arms embargo"
  place: PlaceName; date: string; until: string | null; because_of_harm: boolean;
  source: string; checked: string | null;                        // checked: the day somebody read the source; null: not read
  outcome: string | null; outcome_title: string | null;
  verdict: Verdict | null; people: PeopleEffect | null;
}
export interface ClassBrief {
  id: string; title: string; question: string; cases: number; answered: number | null; because_of_harm: boolean; verdict: Verdict | null;
}

/** GET /api/v1/impact/policies/:id and GET /api/v1/impact/ask?outcome=&place=&from=&until=&by=&method=&donors=A,B&margin=&because_of_harm= */
export interface ImpactAnswer {
  title: string; question: string; policy: PolicyBrief | null;
  outcome: { id: string; title: string; definition: string; unit: string; counted: string };  // unit of the series: "per 100,000 people a year"; counted: "people"
  place: PlaceName; from: string; by: "year" | "month"; first_after: string | null; last_after: string | null; set_aside: string[];
  method: ImpactMethod; episodes: boolean;  // donors are episodes of other places at the same point of theirs, named "SDN@2003"
  donors: DonorRow[];                 // every place that was thought of
  examination: Examination | null;    // null where no comparison could be made: the verdict's reasons say why
  verdict: Verdict; sources: SourceNote[]; notes: string[];
}
export interface DonorRow { place: PlaceName; used: boolean; weight: number | null; why_not: string | null }
export interface Examination {
  unit: string; method: ImpactMethod; times: string[]; pre: number; observed: number[];
  gates: Gates; fit: Fit | null; gaps: number[]; interval: Interval | null;
  space: Space | null; time: Sham[]; left_out: LeftOut[]; conformal: Conformal | null; without_anticipation: number | null;
  others: { method: ImpactMethod; effect: number | null; pre_rmspe: number | null; why_not: string | null }[];
  people: PeopleEffect | null; verdict: Verdict; caveats: string[];
}
export interface Gates {
  checks: { id: string; holds: boolean; found: number | null; limit: number | null; told: string }[];
  hold_out: { fitted: number; held: number; rmspe: number; donors_median: number; donors: { unit: string; rmspe: number; gap: number }[] } | null;
  detectable: { low: number; high: number; counterfactual: number; share: number | null } | null;
}
export interface Fit {
  method: ImpactMethod; counterfactual: number[]; effect: number; pre_rmspe: number; intercept: number;
  weights: { unit: string; weight: number }[]; time_weights: { unit: string; weight: number }[];
  coefficients: { name: string; value: number; error: number | null }[]; notes: string[];
}
export interface Interval { low: number; high: number; level: number; kind: string }
export interface Space {
  rank: number; of: number; p: number; ratio: number; band: [number, number][]; interval: Interval | null;
  donors: { unit: string; pre_mspe: number; post_mspe: number; ratio: number | null; effect: number; gaps: number[] }[];
}
export interface Sham { time: string; pre: number; effect: number; p: number | null }
export interface LeftOut { unit: string; effect: number; pre_rmspe: number }
export interface Conformal { p: number; smallest: number; interval: Interval | null; periods: ([number, number] | null)[] }

/** GET /api/v1/impact/classes/:id */
export interface ImpactClass {
  id: string; title: string; question: string; rationale: string; because_of_harm: boolean; before: number; after: number; margin: number | null;
  cases: {                            // every case, with its own answer on the primary outcome
    place: PlaceName; date: string; policy: string | null; answered: boolean; why_not: string | null; cluster: string;
    effect: number | null; low: number | null; high: number | null;   // log rate ratio
    people: PeopleEffect | null;
  }[];
  outcomes: {
    measure: string; title: string; primary: boolean; p: number | null; p_adjusted: number | null;
    pooled: { effect: number; low: number; high: number; tau: number; prediction_low: number | null; prediction_high: number | null; cases: number; clusters: number } | null; // log rate ratios, random effects
    left_out: { cluster: string; effect: number }[];
    events: { relative: number; effect: number; low: number | null; high: number | null; cases: number }[]; // event time, change in per cent, fixed composition
    people: PeopleEffect | null; verdict: Verdict;
  }[];
  caveats: string[]; sources: SourceNote[]; notes: string[];
}

/** On a place's page: GET /api/v1/impact/places/:place */
export interface ImpactOfPlace { place: PlaceName; policies: PolicyBrief[] }

const ROOT = "/api/v1/impact";
export const impactPath = ROOT;
export const policyPath = (id: string) => `${ROOT}/policies/${encodeURIComponent(id)}`;
export const classPath = (id: string) => `${ROOT}/classes/${encodeURIComponent(id)}`;
export const placeImpactPath = (place: string) => `${ROOT}/places/${encodeURIComponent(place)}`;

/** The keys of an own question, in the order in which they stand in its address. */
export const ASKED = ["outcome", "place", "from", "until", "by", "method", "donors", "margin", "because_of_harm", "kind"] as const;
export type Asked = Partial<Record<(typeof ASKED)[number], string>>;

/** Where an own question is answered; what is left open is left out, and the server chooses. */
export function askPath(asked: Asked): string {
  const query = new URLSearchParams();
  for (const key of ASKED) if (asked[key]) query.set(key, asked[key]);
  return `${ROOT}/ask?${query.toString().replaceAll("%2C", ",")}`;
}

/** The same answer as rows of `kind,name,time,value,low,high`. */
export function asCsv(path: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}format=csv`;
}
