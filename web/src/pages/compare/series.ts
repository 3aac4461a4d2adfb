import { useApis } from "../../api/client";
import { everyYear } from "../../charts/years";
import type { History, PlaceAnswer, Shown } from "../../api/types";

export interface Point {
  year: number;
  value: number | null;
  low: number | null;
  high: number | null;
  coverage: History["coverage"][number] | null;
  sign: Shown["sign"];
  /** The value rounded as it is told; a rate rounds itself. */
  rounded: number | null;
}

/** The years of one measure at one place. */
export interface Series {
  place: string;
  measure: string;
  points: Point[];
  decimals: number;
}

export interface Compared {
  answers: PlaceAnswer[];
  failed: { path: string }[];
  loading: boolean;
  /** All measures that the places have a history of. */
  offered: string[];
  series: Series[];
  /** The first and last year, as the API wants a span. */
  span: string | null;
}

export function useCompared(places: string[], measures: string[], byRate: boolean): Compared {
  const { answers, failed, loading } = useApis<PlaceAnswer>(places.map((place) => `/api/v1/places/${encodeURIComponent(place)}`));
  const histories = answers.flatMap((answer) => Object.values(answer.history));
  const offered = [...new Set(answers.flatMap((answer) => Object.keys(answer.history)))];
  const years = histories.flatMap((one) => one.periods.map(Number));
  const span = years.length ? `${Math.min(...years)}..${Math.max(...years)}` : null;
  const series = answers.flatMap((answer) => measures.flatMap((measure) => seriesOf(answer, measure, byRate)));
  return { answers, failed, loading, offered, series, span };
}

export function seriesOf(answer: Pick<PlaceAnswer, "place" | "history">, measure: string, byRate: boolean): Series[] {
  const history = answer.history[measure];
  if (!history) return [];
  const known = new Map(history.periods.map((year, at) => [Number(year), at]));
  const points = everyYear(history.periods).map((year): Point => {
    const at = known.get(year);
    if (at === undefined) return { year, value: null, low: null, high: null, coverage: null, sign: "", rounded: null };
    const value = history.value[at]!;
    const rate = history.per_100k[at] ?? null;
    // An interval goes with its value: both are divided by the same population.
    const per = byRate ? (value && rate !== null ? rate / value : null) : 1;
    const end = (of: number | null | undefined) => (of === null || of === undefined || per === null ? null : of * per);
    const told = { coverage: history.coverage[at]!, sign: history.sign[at]!, rounded: history.rounded[at]! };
    return { year, value: byRate ? rate : value, low: end(history.low[at]), high: end(history.high[at]), ...told };
  });
  return [{ place: answer.place, measure, points, decimals: history.decimals }];
}
