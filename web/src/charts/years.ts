/** Every year from the first to the last; the API leaves out those without a value of their own. */
export function everyYear(periods: string[]): number[] {
  const [first, last] = [Number(periods[0]), Number(periods.at(-1))];
  return periods.length ? Array.from({ length: last - first + 1 }, (_, step) => first + step) : [];
}

/** The values year by year; null in those that are left out, so that a line breaks there. */
export function byYear(periods: string[], values: (number | null)[]): (number | null)[] {
  const known = new Map(periods.map((period, at) => [Number(period), values[at] ?? null]));
  return everyYear(periods).map((year) => known.get(year) ?? null);
}
