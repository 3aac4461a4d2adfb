import type { Backtest } from "../../api/types";

export const SCORES = ["crps", "ign", "mis", "crps_log"] as const;
export type Score = (typeof SCORES)[number];

/** The yardstick: the unit's own last twelve months. */
export const BENCHMARK = "country12";

/** The mean over the windows in which the model did not abstain. */
export function meanOf(model: Pick<Backtest["models"][number], "windows">, score: Score): number | undefined {
  const known = model.windows.flatMap((window) => (window ? [window[score]] : []));
  return known.length ? known.reduce((sum, one) => sum + one, 0) / known.length : undefined;
}
