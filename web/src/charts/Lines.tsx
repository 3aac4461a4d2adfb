import { CountAxis, leftOf } from "./Axes";
import { linePath, lonePoints, type Point } from "./paths";
import { scaleLinear } from "d3-scale";
import { useWidth } from "./useWidth";
import { byYear, everyYear } from "./years";
import "./charts.css";

export interface Line {
  id: string;
  title: string;
  colour: string;
  values: (number | null)[];
  /** The interval of each value, where it has one. */
  ranges?: ([low: number, high: number] | null)[];
  /** Which values are preliminary: their points are hollow. Where it is given every value has a point. */
  hollow?: boolean[];
  /** How the line is drawn, so that lines are told apart without their colours. */
  dash?: "dashed" | "dotted";
}

/** A few lines over years. Where a year is unknown a line breaks. */
export function Lines({
  periods,
  lines,
  label,
  width: given,
  height = 170,
}: {
  periods: string[];
  lines: Line[];
  label: string;
  width?: number;
  height?: number;
}) {
  const [ref, measured] = useWidth<HTMLDivElement>(640);
  const width = given ?? measured;
  const max = Math.max(0, ...lines.flatMap((line) => [...line.values.map((value) => value ?? 0), ...(line.ranges ?? []).map((range) => range?.[1] ?? 0)]));
  const bottom = height - 24;
  const y = scaleLinear([0, max || 1], [bottom, 8]);
  const ticks = y.ticks(4);
  const decimals = decimalsOf(ticks);
  const left = leftOf(ticks, decimals);
  const years = everyYear(periods);
  const x = scaleLinear([0, Math.max(1, years.length - 1)], [left + 4, width - 16]);
  const every = Math.max(1, Math.ceil(years.length / Math.floor(width / 56)));
  return (
    <div ref={ref} class="drawn">
      <svg width={width} height={height} role="img" aria-label={label}>
        <CountAxis scale={y} ticks={ticks} left={left} right={width} decimals={decimals} />
        {lines.map((line) => (
          <g key={line.id}>
            <OneLine line={line} points={byYear(periods, line.values).map((value, at) => (value === null ? null : [x(at), y(value)]))} />
            <Points line={line} periods={periods} x={(period) => x(years.indexOf(Number(period)))} y={y} />
          </g>
        ))}
        <g class="axis">
          {years.map(
            (year, at) =>
              (years.length - 1 - at) % every === 0 && (
                <text key={year} x={x(at)} y={bottom + 17} text-anchor="middle">
                  {year}
                </text>
              ),
          )}
        </g>
      </svg>
    </div>
  );
}

/** As many decimals as tell the ticks apart. */
export function decimalsOf(ticks: number[]): number {
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

function OneLine({ line, points }: { line: Line; points: (Point | null)[] }) {
  return (
    <g>
      <path class={`series-line ${line.dash ?? ""}`} d={linePath(points)} style={{ stroke: line.colour }} />
      {lonePoints(points).map(([cx, cy]) => (
        <circle key={cx} cx={cx} cy={cy} r={2} style={{ fill: line.colour }} />
      ))}
    </g>
  );
}

/** The intervals of the values, and points of those that may still change. */
function Points({ line, periods, x, y }: { line: Line; periods: string[]; x: (period: string) => number; y: (value: number) => number }) {
  return (
    <g>
      {periods.map((period, at) => {
        const [value, range] = [line.values[at] ?? null, line.ranges?.[at] ?? null];
        if (value === null) return null;
        const style = { stroke: line.colour, fill: line.hollow?.[at] ? "var(--ground)" : line.colour };
        return (
          <g key={period}>
            {range && <line x1={x(period)} x2={x(period)} y1={y(range[0])} y2={y(range[1])} class="point-range" style={{ stroke: line.colour }} />}
            {line.hollow && <circle class={line.hollow[at] ? "point hollow" : "point"} cx={x(period)} cy={y(value)} r={line.hollow[at] ? 3.5 : 2.5} style={style} />}
          </g>
        );
      })}
    </g>
  );
}
