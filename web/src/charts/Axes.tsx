import type { ScaleContinuousNumeric } from "d3-scale";
import { number } from "../format";
import { yearTicks } from "./months";

/** Lines across the chart with their values at the left. */
export function CountAxis({
  scale,
  ticks,
  left,
  right,
  decimals = 0,
}: {
  scale: ScaleContinuousNumeric<number, number>;
  ticks: number[];
  left: number;
  right: number;
  decimals?: number;
}) {
  return (
    <g class="axis">
      {ticks.map((tick) => (
        <g key={tick} transform={`translate(0,${scale(tick)})`}>
          <line x1={left} x2={right} class={tick === 0 ? "base" : "grid"} />
          <text x={left - 6} dy="0.32em" text-anchor="end">
            {number(tick, decimals)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** The years below a chart of months; `x` tells where a month begins. */
export function YearAxis({ from, count, x, top, width }: { from: string; count: number; x: (at: number) => number; top: number; width: number }) {
  return (
    <g class="axis">
      {yearTicks(from, count, Math.floor(width / 52)).map(({ at, year }) => (
        <g key={year} transform={`translate(${x(at)},${top})`}>
          <line y2={5} class="base" />
          <text y={17} text-anchor={x(at) + 14 > width ? "end" : "start"} dx={2}>
            {year}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Room at the left for the longest of the axis' numbers. */
export function leftOf(ticks: number[], decimals = 0): number {
  return 14 + 7 * Math.max(2, ...ticks.map((tick) => number(tick, decimals).length));
}
