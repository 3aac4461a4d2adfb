import { useId } from "preact/hooks";
import { useWidth } from "./useWidth";
import { Said } from "./Said";
import { Hatch } from "./MonthBars";
import "./charts.css";

export interface RangeRow {
  id: string;
  title: string;
  /** The lower bound as a share of the people, 0 to 1; null where nothing is known. */
  low: number | null;
  /** The upper bound; null where there is none. */
  high: number | null;
  said: string;
  /** Shows the rows behind it. */
  open?: () => void;
  strong?: boolean;
}

/**
 * Shares of people between bounds: full up to the lower bound, light up to the upper one. Where there is no upper bound
 * the rest is hatched, for anything up to everybody is possible.
 */
export function RangeBars({ rows, label, width: given, height = 12 }: { rows: RangeRow[]; label: string; width?: number; height?: number }) {
  const hatch = useId();
  const [ref, measured] = useWidth<HTMLDivElement>(640);
  const width = given ?? measured;
  const x = (share: number) => share * width;
  return (
    <div ref={ref} class="drawn range-bars" role="group" aria-label={label}>
      {rows.map((row) => (
        <div key={row.id} class={row.strong ? "range-row strong" : "range-row"}>
          <div class="range-words">
            <span>{row.title}</span>
            <Said {...row} />
          </div>
          <svg width={width} height={height} aria-hidden="true">
            <Hatch id={`${hatch}${row.id}`} />
            <rect class="track" width={width} height={height} />
            {row.high === null && <rect fill={`url(#${hatch}${row.id})`} x={x(row.low ?? 0)} width={width - x(row.low ?? 0)} height={height} />}
            {row.high !== null && row.low !== null && (
              <rect class="possible" x={x(row.low)} width={Math.max(0, x(row.high) - x(row.low))} height={height} />
            )}
            {row.low !== null && <rect class="certain" width={Math.max(row.low > 0 ? 1 : 0, x(row.low))} height={height} />}
          </svg>
        </div>
      ))}
    </div>
  );
}
