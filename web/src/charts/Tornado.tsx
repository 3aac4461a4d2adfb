import { scaleLinear } from "d3-scale";
import { percent } from "../format";
import { useWidth } from "./useWidth";
import "./charts.css";

export interface TornadoRow {
  id: string;
  title: string;
  first: number | null;
  first_low: number | null;
  first_high: number | null;
  total: number | null;
  total_low: number | null;
  total_high: number | null;
}

const ROW = 50;

/** Shares of variance by factor: alone (full bar) and with all its interactions (light bar), each with its interval. */
export function Tornado({ rows, label }: { rows: TornadoRow[]; label: string }) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const ends = rows
    .flatMap((row) => [row.first_low, row.first, row.first_high, row.total_low, row.total, row.total_high])
    .filter((end) => end !== null);
  const x = scaleLinear([Math.min(0, ...ends), Math.max(1, ...ends)], [16, width - 20]);
  const height = rows.length * ROW + 24;
  return (
    <div ref={ref} class="drawn">
      <svg width={width} height={height} role="img" aria-label={label}>
        <g class="axis">
          {x.ticks(Math.floor(width / 110)).map((tick) => (
            <g key={tick} transform={`translate(${x(tick)},0)`}>
              <line class={tick === 0 ? "base" : "grid"} y2={height - 22} />
              <text y={height - 6} text-anchor="middle">
                {percent(tick, 0)}
              </text>
            </g>
          ))}
        </g>
        {rows.map((row, at) => (
          <g key={row.id} transform={`translate(0,${at * ROW})`}>
            <text class="row-title" x={x(0) + 4} y={14}>
              {row.title}
            </text>
            <Share x={x} y={21} className="possible" share={row.total} low={row.total_low} high={row.total_high} />
            <Share x={x} y={33} className="certain" share={row.first} low={row.first_low} high={row.first_high} />
          </g>
        ))}
      </svg>
    </div>
  );
}

function Share({
  x,
  y,
  className,
  share,
  low,
  high,
}: {
  x: (of: number) => number;
  y: number;
  className: string;
  share: number | null;
  low: number | null;
  high: number | null;
}) {
  if (share === null) return null;
  return (
    <g transform={`translate(0,${y})`}>
      <rect class={className} x={Math.min(x(0), x(share))} width={Math.abs(x(share) - x(0))} height={10} />
      {low !== null && high !== null && <path class="whisker" d={`M${x(low)},2v6m0,-3H${x(high)}m0,-3v6`} />}
    </g>
  );
}
