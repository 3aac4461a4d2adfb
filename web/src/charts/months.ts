/** Months as text ("2024-07") and as numbers since year 0, so that they can be counted. */
export function monthNumber(month: string): number {
  const [year = 0, of = 1] = month.split("-").map(Number);
  return year * 12 + of - 1;
}

export function monthText(number: number): string {
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;
}

export function monthAfter(from: string, steps: number): string {
  return monthText(monthNumber(from) + steps);
}

/** The Januaries among `count` months, thinned so that their labels have room. */
export function yearTicks(from: string, count: number, room: number): { at: number; year: number }[] {
  const first = monthNumber(from);
  const januaries: { at: number; year: number }[] = [];
  for (let at = (12 - (first % 12)) % 12; at < count; at += 12) januaries.push({ at, year: (first + at) / 12 });
  const every = Math.max(1, Math.ceil(januaries.length / Math.max(1, room)));
  return januaries.filter(({ year }) => year % every === 0);
}

/** The last `count` values, and the month in which they begin. */
export function lastMonths<Value>(from: string, values: Value[], count: number): { from: string; values: Value[] } {
  const skip = Math.max(0, values.length - count);
  return { from: monthAfter(from, skip), values: values.slice(skip) };
}
