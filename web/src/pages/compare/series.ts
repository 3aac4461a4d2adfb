import { useApi, useApis } from "../../api/client";
import type { Figure, PlaceAnswer, Sheet } from "../../api/types";

export interface Point {
  year: number;
  value: number | null;
  low: number | null;
  high: number | null;
}

/** The years of one measure at one place. */
export interface Series {
  place: string;
  measure: string;
  points: Point[];
}

export interface Compared {
  answers: PlaceAnswer[];
  failed: { path: string }[];
  loading: boolean;
  /** All measures that the places have a history of. */
  offered: string[];
  series: Series[];
  /** The first and last year shown, as the API wants a span. */
  span: string | null;
}

/** Counts come with the places. Rates are asked for, for they go by the population of their own year. */
export function useCompared(places: string[], measures: string[], byRate: boolean): Compared {
  const { answers, failed, loading } = useApis<PlaceAnswer>(places.map((place) => `/api/v1/places/${encodeURIComponent(place)}`));
  const offered = [...new Set(answers.flatMap((answer) => Object.keys(answer.history)))];
  const years = answers.flatMap((answer) => Object.values(answer.history).flatMap((one) => one.periods)).map(Number);
  const span = years.length ? `${Math.min(...years)}..${Math.max(...years)}` : null;
  const query = `place=${places.join(",")}&measure=${measures.join(",")}&period=${span}&limit=20000`;
  const rates = useApi<Sheet<Figure>>(byRate && span && measures.length ? `/api/v1/figures?${query}` : null);
  const series = byRate ? fromFigures(rates.data?.rows ?? []) : fromHistories(answers, measures);
  return { answers, failed, loading: loading || (byRate && rates.state === "loading"), offered, series, span };
}

function fromHistories(answers: PlaceAnswer[], measures: string[]): Series[] {
  return answers.flatMap((answer) =>
    measures.flatMap((measure) => {
      const history = answer.history[measure];
      if (!history) return [];
      const points = history.periods.map((year, at) => ({
        year: Number(year),
        value: history.value[at] ?? null,
        low: history.low[at] ?? null,
        high: history.high[at] ?? null,
      }));
      return [{ place: answer.place, measure, points }];
    }),
  );
}

/** An interval goes with its value: both are divided by the same population. */
export function fromFigures(rows: Figure[]): Series[] {
  const found = new Map<string, Series>();
  for (const row of rows) {
    const key = `${row.place} ${row.measure}`;
    const one = found.get(key) ?? { place: row.place, measure: row.measure, points: [] };
    const per = row.population ? 100_000 / row.population : null;
    const rate = (value: number | null) => (value === null || per === null ? null : value * per);
    one.points.push({ year: Number(row.period), value: row.per_100k, low: rate(row.low), high: rate(row.high) });
    found.set(key, one);
  }
  for (const one of found.values()) one.points.sort((a, b) => a.year - b.year);
  return [...found.values()];
}
