/** Days that stand at even distances on the axis: the first weeks have as much room as the later months. */
const STOPS = [0, 7, 30, 90, 180, 365, 730];

/** What is written on the axis; beyond the last all is "more". */
export const TICKS = STOPS.slice(0, -1);

/** Where a number of days stands on the axis, from 0 to 1. What is beyond the axis stands at its end. */
export function at(days: number): number {
  const last = STOPS.length - 1;
  const next = STOPS.findIndex((stop) => stop > days);
  if (next <= 0) return next === 0 ? 0 : 1;
  const [low, high] = [STOPS[next - 1]!, STOPS[next]!];
  return (next - 1 + (days - low) / (high - low)) / last;
}

/** Whether it ends beyond the axis. */
export function isBeyond(days: number): boolean {
  return days > STOPS.at(-1)!;
}
