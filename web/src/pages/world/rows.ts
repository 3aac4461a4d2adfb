import type { Coverage, Measure, Place, World, WorldColumn } from "../../api/types";
import { deaths, number, rangeLike, rate } from "../../format";
import { placeName, t } from "../../words";

export type Kind = "value" | "none recorded" | "no data";
/** Why a value must be read with doubt. */
export type Doubt = "" | "least" | "wide" | "stale";

/** A place by what is shown now. */
export interface Row {
  place: string;
  name: string;
  parts: string[];
  kind: Kind;
  coverage: Coverage;
  /** The coverage in words, or why there is no value. */
  why: string;
  doubt: Doubt;
  /** What colours and order go by: people, or the rate. */
  by: number | null;
  low: number | null;
  high: number | null;
  text: string;
  range: string;
  rate: string;
  chance: number | null;
  /** The ids of the sources of the value. */
  sources: string[];
}

export interface Table {
  world: Row | null;
  rows: Row[];
  /** The doubt that all values share, which is then said once and not drawn everywhere. */
  shared: Doubt;
}

export const FORECAST = "forecast";

export function table(world: World, show: string, per: boolean, places: Map<string, Place>): Table {
  const rows = show === FORECAST ? forecastRows(world, per, places) : measureRows(world, show, per, places);
  const valued = rows.filter((row) => row.kind === "value" && row.place !== "WLD");
  const first = valued[0]?.doubt ?? "";
  // Of a forecast every interval is wide that does not say zero.
  const shared = show === FORECAST ? "wide" : valued.every((row) => row.doubt === first) ? first : "";
  return { world: rows.find((row) => row.place === "WLD") ?? null, rows: rows.filter((row) => row.place !== "WLD"), shared };
}

function measureRows(world: World, show: string, per: boolean, places: Map<string, Place>): Row[] {
  const column = world.measures[show];
  if (!column) return [];
  return world.places.map((place, at) => {
    const [value, low, high, rateOf] = [column.value[at] ?? null, column.low[at] ?? null, column.high[at] ?? null, column.per_100k[at] ?? null];
    const coverage = column.coverage[at] ?? "no source";
    const [sign, mark, rounded] = [column.sign[at] ?? "", column.mark[at] ?? "", column.rounded[at] ?? null];
    const scale = per && rateOf !== null && value ? rateOf / value : 1;
    const known = per ? rateOf : value;
    const nothing = isNextToNothing(show, rateOf, high);
    return {
      ...named(place, world.names[at] ?? place, places),
      kind: nothing ? "no data" : kindOf(known, coverage),
      coverage,
      why: nothing ? t("world-next-to-nothing") : inWords(coverage),
      doubt: doubtOf(sign, coverage, value, low, high),
      by: known,
      low: low === null ? null : low * scale,
      high: high === null ? null : high * scale,
      text: rounded === null ? "" : sign + number(rounded, column.decimals) + mark,
      range: value === null ? "" : rangeLike(value, rounded, low, high, column.decimals),
      // The rate of a bound is a bound, and that of an old value is old.
      rate: rateOf === null ? "" : sign + rate(rateOf) + mark,
      chance: null,
      sources: (column.source[at] ?? "").split(" + ").filter(Boolean),
    };
  });
}

function forecastRows(world: World, per: boolean, places: Map<string, Place>): Row[] {
  const forecast = world.forecast;
  if (!forecast) return [];
  const names = new Map(world.places.map((place, at) => [place, world.names[at] ?? place]));
  const told = forecast.places.map((place, at): Row => {
    const [median, low, high, rateOf] = [forecast.median[at]!, forecast.low_90[at]!, forecast.high_90[at]!, forecast.per_100k[at] ?? null];
    const scale = per && rateOf !== null && median ? rateOf / median : 1;
    return {
      ...named(place, names.get(place) ?? place, places),
      kind: per && rateOf === null ? "no data" : "value",
      coverage: "covered",
      why: "",
      doubt: high - low > median ? "wide" : "",
      by: per ? rateOf : median,
      low: low * scale,
      high: high * scale,
      text: deaths(median),
      range: low === high ? "" : `${deaths(low)}–${deaths(high)}`,
      rate: rateOf === null ? "" : rate(rateOf),
      chance: forecast.p_25[at] ?? null,
      sources: forecast.sources.map((source) => source.id),
    };
  });
  const with_ = new Set(forecast.places);
  const without = world.places.filter((place) => !with_.has(place) && place !== "WLD" && (places.get(place)?.kind ?? "country") === "country");
  return [...told, ...without.map((place) => noForecast(named(place, names.get(place) ?? place, places)))];
}

function noForecast(of: Pick<Row, "place" | "name" | "parts">): Row {
  return { ...of, kind: "no data", coverage: "no source", why: t("world-no-forecast-of"), doubt: "", by: null, low: null, high: null, text: "", range: "", rate: "", chance: null, sources: [] };
}

function named(place: string, name: string, places: Map<string, Place>): Pick<Row, "place" | "name" | "parts"> {
  const known = places.get(place);
  const parts = known?.parts ?? (place.includes("+") ? place.split("+") : []);
  return { place, name: placeName(known ?? { place, name }), parts };
}

function kindOf(known: number | null, coverage: Coverage): Kind {
  if (coverage === "none recorded") return "none recorded";
  return known === null ? "no data" : "value";
}

function inWords(coverage: Coverage): string {
  return t(`coverage-${coverage.replaceAll(" ", "-")}`);
}

/** A lower bound of less than one in a thousand, without an upper one, would read like safety where little is known. */
function isNextToNothing(show: string, per100k: number | null, high: number | null): boolean {
  return show.startsWith("facing_") && high === null && per100k !== null && per100k < 100;
}

function doubtOf(sign: WorldColumn["sign"][number], coverage: Coverage, value: number | null, low: number | null, high: number | null): Doubt {
  if (coverage === "stale") return "stale";
  if (sign !== "") return "least";
  return value !== null && low !== null && high !== null && high - low > Math.abs(value) ? "wide" : "";
}

/** The row by which a shape is coloured: its own, or that of the joint place that it is part of. */
export function rowOfShape(rows: Row[]): (shape: string) => Row | null {
  const own = new Map(rows.map((row) => [row.place, row]));
  const joint = new Map(rows.flatMap((row) => row.parts.map((part) => [part, row] as const)));
  return (shape) => {
    const mine = own.get(shape);
    const shared = joint.get(shape);
    if (mine && mine.kind !== "no data") return mine;
    return shared && shared.kind !== "no data" ? shared : (mine ?? shared ?? null);
  };
}

/** Bounds over what is known are no ranking: where less is known, they are lower (see the method `people`). */
export function isRanked(measure: Measure | undefined): boolean {
  return measure?.group !== "at least one threat" && !/^(in)?secure_/.test(measure?.id ?? "");
}

/** From the worst on, or by name where a ranking would mislead. */
export function inOrder(rows: Row[], order: "highest" | "lowest" | "name"): Row[] {
  const turn = order === "lowest" ? -1 : 1;
  const byName = (a: Row, b: Row) => a.name.localeCompare(b.name);
  const byValue = (a: Row, b: Row) => turn * ((b.by ?? 0) - (a.by ?? 0)) || byName(a, b);
  return [...rows].sort(order === "name" ? byName : byValue);
}

