import type { Asked, ClassBrief, Examination, ImpactAnswer, ImpactMethod, PeopleEffect, PolicyBrief, VerdictWord } from "../../api/impact";
import { ASKED } from "../../api/impact";
import { number, percent, range } from "../../format";
import { has, t } from "../../words";

/** The four answers, and that the server still computes. */
export const WORDS: VerdictWord[] = ["fewer", "more", "none-larger", "cannot-be-told"];
export type Stand = VerdictWord | "computing";

export function standOf({ verdict }: Pick<PolicyBrief | ClassBrief, "verdict">): Stand {
  return verdict?.word ?? "computing";
}

export function isFinding(word: Stand): boolean {
  return word !== "cannot-be-told" && word !== "computing";
}

/** Findings first, then what cannot be told, then what is not computed; the newest first within each. */
export function inOrder<Row extends Pick<PolicyBrief, "verdict" | "date" | "id">>(rows: Row[]): Row[] {
  const group = (row: Row) => (isFinding(standOf(row)) ? 0 : row.verdict ? 1 : 2);
  return [...rows].sort((a, b) => group(a) - group(b) || b.date.localeCompare(a.date) || a.id.localeCompare(b.id));
}

export interface Wanted {
  kind: string;
  of: string;
  verdict: string;
}

export function filtered<Row extends Pick<PolicyBrief, "kind" | "place" | "verdict">>(rows: Row[], { kind, of, verdict }: Wanted): Row[] {
  return rows.filter((row) => (!kind || row.kind === kind) && (!of || row.place.code === of) && (!verdict || standOf(row) === verdict));
}

/** Each kind of policy once, with how many there are. */
export function kindsOf(rows: Pick<PolicyBrief, "kind" | "kind_title">[]): { id: string; title: string; count: number }[] {
  const kinds = new Map<string, { id: string; title: string; count: number }>();
  for (const { kind, kind_title: title } of rows) kinds.set(kind, { id: kind, title, count: (kinds.get(kind)?.count ?? 0) + 1 });
  return [...kinds.values()];
}

/** The same reason told of several, with how many. The most frequent first. */
export function counted(reasons: string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

/** The own question that an address holds. */
export function askedOf(query: URLSearchParams): Asked {
  return Object.fromEntries(ASKED.flatMap((key) => (query.get(key) ? [[key, query.get(key)!]] : [])));
}

/** Title of a kind of policy, in the language of the day where it has words. */
export function kindTitle({ kind, kind_title: title }: Pick<PolicyBrief, "kind" | "kind_title">): string {
  return has(`impact-kind-${kind}`) ? t(`impact-kind-${kind}`) : title;
}

export function methodTitle(method: ImpactMethod): string {
  return t(`impact-method-${method}`);
}

/** As many decimals as tell three digits of the largest of some values, at most three. */
export function decimalsFor(values: (number | null)[]): number {
  const most = Math.max(0, ...values.flatMap((value) => (value === null || !Number.isFinite(value) ? [] : [Math.abs(value)])));
  if (most === 0) return 0;
  return Math.min(3, Math.max(0, 2 - Math.floor(Math.log10(most) + 1e-9)));
}

/** A difference with its sign: `+1.2`, `−3.4`. */
export function signed(value: number | null, decimals = 0): string {
  const said = number(value, decimals);
  const isZero = value !== null && Number(value.toFixed(decimals)) === 0;
  return value !== null && value > 0 && !isZero ? `+${said}` : said;
}

/** An interval of a difference, whose ends may lie below zero: `−3.4 to +1.2`. */
export function signedRange(low: number | null, high: number | null, decimals = 0): string {
  return low === null || high === null ? "" : t("impact-from-to", { low: signed(low, decimals), high: signed(high, decimals) });
}

/** A log rate ratio as a change in per cent. */
export function change(logRatio: number | null): string {
  if (logRatio === null) return number(null);
  const share = Math.expm1(logRatio);
  // From ten times as many on, so many times says more.
  if (share >= 9) return t("impact-times", { times: number(share + 1) });
  const said = percent(share, 0);
  return share > 0 && Math.round(share * 100) !== 0 ? `+${said}` : said;
}

export function changeRange(low: number | null, high: number | null): string {
  return low === null || high === null ? "" : t("impact-from-to", { low: change(low), high: change(high) });
}

/** A p as it is told: three decimals where it is small. */
export function chance(p: number | null): string {
  if (p === null) return number(null);
  return p < 0.001 ? `< ${number(0.001, 3)}` : number(p, p < 0.1 ? 3 : 2);
}

/** `1,234 fewer people`, or more. */
export function peopleWords(effect: number): string {
  const whole = Math.round(Math.abs(effect));
  if (whole === 0) return t("impact-people-none");
  return t(effect < 0 ? "impact-people-fewer" : "impact-people-more", { count: whole, said: number(whole) });
}

/** The interval of people in words, whichever side of zero its ends are on. */
export function peopleRange({ low, high }: Pick<PeopleEffect, "low" | "high">): string {
  if (low === null || high === null) return "";
  const [a, b] = [Math.round(Math.abs(low)), Math.round(Math.abs(high))];
  if (high <= 0) return t("impact-between-fewer", { least: number(b), most: number(a) });
  if (low >= 0) return t("impact-between-more", { least: number(a), most: number(b) });
  return t("impact-between-both", { fewer: number(a), more: number(b) });
}

/** An episode is named by its place and the period in which it began. */
export function unitParts(unit: string): { code: string; at: string | null } {
  const [code = unit, at] = unit.split("@");
  return { code, at: at ?? null };
}

/** A period, or the time to or from an event, as a place on an axis; periods stand as far apart as they are in time. */
export function placeOf(time: string, at: number, by: ImpactAnswer["by"]): number {
  const [, year, month] = /^(\d{4})(?:-(\d{2}))?$/.exec(time) ?? [];
  if (!year) return at;
  return by === "month" ? Number(year) * 12 + Number(month ?? 1) - 1 : Number(year);
}

/** Where a day lies among periods that are drawn at their middle. */
export function placeOfDay(day: string, by: ImpactAnswer["by"]): number {
  const [year = 0, month = 1, of = 1] = day.split("-").map(Number);
  if (by === "month") return year * 12 + month - 1 + (of - 1) / 31 - 0.5;
  return year + (month - 1 + (of - 1) / 31) / 12 - 0.5;
}

/** One period of an examination, with everything that is known of it. */
export interface PeriodRow {
  time: string;
  at: number;
  after: boolean;
  observed: number;
  counterfactual: number | null;
  gap: number | null;
  /** The band of the donors' gaps. */
  band: [number, number] | null;
  /** The conformal interval of this period's effect; absent before the policy, null where it is unbounded. */
  conformal: [number, number] | null | undefined;
}

export function periodsOf(of: Examination, by: ImpactAnswer["by"]): PeriodRow[] {
  return of.times.map((time, at) => ({
    time,
    at: placeOf(time, at, by),
    after: at >= of.pre,
    observed: of.observed[at]!,
    counterfactual: of.fit?.counterfactual[at] ?? null,
    gap: of.fit ? (of.gaps[at] ?? null) : null,
    band: of.space?.band[at] ?? null,
    conformal: at >= of.pre && of.conformal ? (of.conformal.periods[at - of.pre] ?? null) : undefined,
  }));
}

export function plainRange(low: number | null, high: number | null, decimals = 0): string {
  return low !== null && high !== null && (low < 0 || high < 0) ? signedRange(low, high, decimals) : range(low, high, decimals);
}
