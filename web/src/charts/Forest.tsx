import type { ComponentChildren } from "preact";
import type { ScaleContinuousNumeric } from "d3-scale";
import "./charts.css";

export interface ForestRow {
  id: string;
  title: ComponentChildren;
  value: number | null;
  low?: number | null;
  high?: number | null;
  /** A wider, thinner interval about the first. */
  outer?: [low: number, high: number] | null;
  said: ComponentChildren;
  /** A whole, drawn as a diamond. */
  strong?: boolean;
}

interface ForestProps {
  rows: ForestRow[];
  /** Its range is 0 to 100: per cent of the width. */
  scale: ScaleContinuousNumeric<number, number>;
  ticks: { at: number; said: string }[];
  /** Where there is no effect. */
  none: number;
  /** A second line: the whole that the rows are held against. */
  whole?: number | null;
  label: string;
}

/** Effects with their intervals, one a line; it reads as a list without the drawings. What leaves the scale ends in an arrow. */
export function Forest({ rows, scale, ticks, none, whole = null, label }: ForestProps) {
  const marks = { scale, none, whole };
  return (
    <div class="forest" role="group" aria-label={label}>
      <ol>
        {rows.map((row) => (
          <li key={row.id} class={row.strong ? "strong" : undefined}>
            <span class="forest-title">{row.title}</span>
            <OneRow row={row} {...marks} />
            <span class="num">{row.said}</span>
          </li>
        ))}
      </ol>
      <div class="forest-foot" aria-hidden="true">
        <svg height="18" class="drawn-axis">
          {ticks.map((tick) => (
            <text key={tick.at} x={`${scale(tick.at)}%`} y="13" text-anchor={anchorOf(scale(tick.at))}>
              {tick.said}
            </text>
          ))}
        </svg>
      </div>
    </div>
  );
}

function anchorOf(at: number): "start" | "middle" | "end" {
  return at < 4 ? "start" : at > 96 ? "end" : "middle";
}

function OneRow({ row, scale, none, whole }: { row: ForestRow } & Pick<ForestProps, "scale" | "none" | "whole">) {
  const [least = 0, most = 1] = scale.domain();
  const within = (value: number) => Math.min(most, Math.max(least, value));
  const x = (value: number) => `${scale(within(value))}%`;
  const { low = null, high = null, value, outer } = row;
  const known = low !== null && high !== null;
  return (
    <svg height="18" aria-hidden="true">
      <line class="base" x1={x(none)} x2={x(none)} y2="18" />
      {typeof whole === "number" && <line class="origin" x1={x(whole)} x2={x(whole)} y2="18" />}
      {outer && <line class="outer" x1={x(outer[0])} x2={x(outer[1])} y1="9" y2="9" />}
      {known && <line class="interval" x1={x(low)} x2={x(high)} y1="9" y2="9" />}
      {known && low < least && <Arrow x={x(least)} to="left" />}
      {known && high > most && <Arrow x={x(most)} to="right" />}
      {value !== null && value >= least && value <= most && (
        // An inner picture is placed in per cent, and its shape drawn in pixels.
        <svg x={x(value)} y="9" overflow="visible">
          {row.strong ? <path class="dot" d="M-7,0L0,-7L7,0L0,7Z" /> : <circle class="dot" r="4.5" />}
        </svg>
      )}
    </svg>
  );
}

function Arrow({ x, to }: { x: string; to: "left" | "right" }) {
  return (
    <svg x={x} y="9" overflow="visible">
      <path class="arrow" d={to === "left" ? "M0,0L7,-4.5V4.5Z" : "M0,0L-7,-4.5V4.5Z"} />
    </svg>
  );
}
