import type { Shown } from "./api/types";
import { type Language, language } from "./words";

/** What stands where there is no number. */
export const NONE = "–";

const formats = new Map<string, Intl.NumberFormat>();

function format(decimals: number, of: Language): Intl.NumberFormat {
  const key = `${of}${decimals}`;
  let found = formats.get(key);
  if (!found) {
    // `true` groups four digits too, in every language, as the command line does.
    found = new Intl.NumberFormat(of, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: true });
    formats.set(key, found);
  }
  return found;
}

/** A number in the digits given: `68,116`; in French `68 116`. */
export function number(value: number | null | undefined, decimals = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  return format(decimals, language()).format(value === 0 ? 0 : value).replace("-", "\u2212");
}

/** `≥ 3,670,000`, `0†`. */
export function shownValue(shown: Shown): string {
  return shown.value === null ? NONE : `${shown.sign}${number(shown.value, shown.decimals)}${shown.mark}`;
}

/** `62,559–115,424`, or nothing where there is no interval. */
export function shownRange(shown: Shown): string {
  if (shown.low === null || shown.high === null) return "";
  return range(shown.low, shown.high, shown.decimals);
}

/** The ends of an interval in the digits in which its value is told: a share is rounded to three of them. */
export function rangeLike(value: number, rounded: number | null, low: number | null, high: number | null, decimals: number): string {
  if (low === null || high === null) return "";
  const ofShare = rounded !== null && Math.abs(rounded - value) > 0.5 * 10 ** -decimals + 1e-9;
  const end = (of: number) => (ofShare && of !== 0 ? Number(of.toPrecision(3)) : of);
  return range(end(low), end(high), decimals);
}

/** A number of deaths in a forecast, where a median may be less than one: `<1`. */
export function deaths(value: number): string {
  return value > 0 && value < 0.5 ? `<${number(1)}` : number(Math.round(value));
}

export function range(low: number | null, high: number | null, decimals = 0): string {
  return low === null || high === null ? "" : `${number(low, decimals)}–${number(high, decimals)}`;
}

/** Per 100,000 people: `0.04`, `< 0.01`. */
export function shownRate(shown: Shown): string {
  if (shown.rate === null) return NONE;
  return shown.rate_under ? `< ${number(0.01, 2)}` : number(shown.rate, shown.rate_decimals);
}

/** A rate that does not come as `Shown`, in the digits that the command line gives it. */
export function rate(per100k: number | null | undefined): string {
  if (per100k === null || per100k === undefined) return NONE;
  if (per100k === 0) return number(0);
  if (per100k < 0.01) return `< ${number(0.01, 2)}`;
  if (per100k < 1) return number(per100k, 2);
  return number(per100k, per100k < 100 ? 1 : 0);
}

/**
 * A chance or share between 0 and 1 in per cent: `97.8 %`. Without `decimals` as the command line tells chances: near
 * the ends with a decimal, and never as certain.
 */
export function percent(share: number | null | undefined, decimals?: number): string {
  if (share === null || share === undefined) return NONE;
  const sign = language() === "fr" ? "\u202f%" : " %";
  if (decimals !== undefined) return number(share * 100, decimals) + sign;
  if (share < 0.0005) return `<${number(0.1, 1)}${sign}`;
  if (share > 0.9995) return `>${number(99.9, 1)}${sign}`;
  return number(share * 100, share >= 0.1 && share <= 0.9 ? 0 : 1) + sign;
}

const SPOKEN: Record<Language, { million: [string, string]; billion: [string, string] }> = {
  en: { million: ["million", "million"], billion: ["billion", "billion"] },
  fr: { million: ["million", "millions"], billion: ["milliard", "milliards"] },
};

/** A number as it is spoken: `2.35 million` from a million on. */
export function spoken(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  const words = SPOKEN[language()];
  if (value >= 999_500_000) return inUnits(value / 1e9, words.billion);
  if (value >= 999_500) return inUnits(value / 1e6, words.million);
  return number(value);
}

function inUnits(value: number, [one, many]: [string, string]): string {
  const digits = number(value, value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2);
  return `${digits} ${value < 2 ? one : many}`;
}

/** `2023-01` or a day of it: `January 2023`. */
export function month(text: string, style: "long" | "short" = "long"): string {
  return date(`${text.slice(0, 7)}-01`, { month: style, year: "numeric" });
}

/** `2025-06-30`: `30 June 2025`. */
export function day(text: string): string {
  return date(text.slice(0, 10), { day: "numeric", month: "long", year: "numeric" });
}

/** A period as the API names it: a year stays, a month is spelt. */
export function period(text: string): string {
  return /^\d{4}-\d{2}$/.test(text) ? month(text) : /^\d{4}-\d{2}-\d{2}$/.test(text) ? day(text) : text;
}

function date(isoDay: string, options: Intl.DateTimeFormatOptions): string {
  const at = new Date(`${isoDay}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return isoDay;
  const locale = language() === "en" ? "en-GB" : language();
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(at);
}
