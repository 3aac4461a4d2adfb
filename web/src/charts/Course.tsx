import { scaleLinear } from "d3-scale";
import { CountAxis, leftOf } from "./Axes";
import { decimalsOf, type Line } from "./Lines";
import { bandPath, linePath, lonePoints, type Point } from "./paths";
import { useWidth } from "./useWidth";
import "./charts.css";

export interface CourseBand {
  id: string;
  ranges: ([low: number, high: number] | null)[];
}

export interface CourseProps {
  /** Where each period lies; one apart where they follow each other. Lines break where they do not. */
  at: number[];
  lines: Line[];
  band?: CourseBand;
  /** Where something began, and the words for it. */
  began?: { at: number; said: string };
  /** Periods that are left out, shaded. */
  aside?: number[];
  /** Labels below, at most one in 56 pixels. */
  ticks: { at: number; said: string }[];
  label: string;
  height?: number;
  id?: string;
}

/** Lines over periods of any length, above and below zero, with a band behind them and a mark where something began. */
export function Course({ at, lines, band, began, aside = [], ticks: below, label, height = 260, id }: CourseProps) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const values = [
    ...lines.flatMap((line) => [...line.values, ...(line.ranges ?? []).flatMap((range) => range ?? [])]),
    ...(band?.ranges ?? []).flatMap((range) => range ?? []),
  ].filter((value): value is number => value !== null && Number.isFinite(value));
  const [top, bottom] = [began ? 20 : 8, height - 24];
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const y = scaleLinear([least, least === most ? 1 : most], [bottom, top]).nice(5);
  const ticks = y.ticks(5);
  const decimals = decimalsOf(ticks);
  const left = leftOf(ticks, decimals);
  const all = [...at, ...aside];
  const [first, last] = [Math.min(...all), Math.max(...all)];
  const x = scaleLinear([first - 0.5, Math.max(last, first + 1) + 0.5], [left + 2, width - 6]);
  return (
    <div ref={ref} class="drawn course" id={id}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {aside.map((one) => (
          <rect key={one} class="aside-band" x={x(one - 0.5)} width={x(one + 0.5) - x(one - 0.5)} y={top} height={bottom - top} />
        ))}
        <CountAxis scale={y} ticks={ticks} left={left} right={width} decimals={decimals} />
        {band && runsOf(at, band.ranges).map((run) => <path key={run[0]} class="band-90" d={bandOf(run, at, band.ranges, x, y)} />)}
        {began && <Began x={x(began.at)} width={width} top={top} bottom={bottom} said={began.said} />}
        {lines.map((line) => (
          <OneLine key={line.id} line={line} points={broken(at, line.values.map((value, of): Point | null => (value === null ? null : [x(at[of]!), y(value)])))} x={(of) => x(at[of]!)} y={y} />
        ))}
        <g class="axis">
          {thinned(below.filter((tick) => tick.at >= first && tick.at <= last), Math.floor((width - left) / 56)).map((tick) => (
            <text key={tick.at} x={x(tick.at)} y={bottom + 17} text-anchor="middle">
              {tick.said}
            </text>
          ))}
        </g>
      </svg>
    </div>
  );
}

function Began({ x, width, top, bottom, said }: { x: number; width: number; top: number; bottom: number; said: string }) {
  const toTheLeft = x > width / 2;
  return (
    <g>
      <line class="began" x1={x} x2={x} y1={4} y2={bottom} />
      <text x={toTheLeft ? x - 5 : x + 5} y={top - 8} text-anchor={toTheLeft ? "end" : "start"}>
        {said}
      </text>
    </g>
  );
}

function OneLine({ line, points, x, y }: { line: Line; points: (Point | null)[]; x: (at: number) => number; y: (value: number) => number }) {
  // Where periods are close to each other, the ends of their intervals would run into one another.
  const dense = line.values.length > 1 && (x(line.values.length - 1) - x(0)) / line.values.length < 7;
  return (
    <g>
      <path class={`series-line ${line.dash ?? ""}`} d={linePath(points)} style={{ stroke: line.colour }} />
      {lonePoints(points).map(([cx, cy]) => (
        <circle key={cx} cx={cx} cy={cy} r={2} style={{ fill: line.colour }} />
      ))}
      {line.ranges?.map((range, at) => range && <path key={at} class={dense ? "whisker dense" : "whisker"} style={{ stroke: line.colour }} d={dense ? `M${x(at)},${y(range[0])}V${y(range[1])}` : `M${x(at) - 2.5},${y(range[0])}h5m-2.5,0V${y(range[1])}m-2.5,0h5`} />)}
      {line.hollow?.map((hollow, at) => {
        const value = line.values[at] ?? null;
        return value !== null && <circle key={at} class="point" cx={x(at)} cy={y(value)} r={3} style={{ stroke: line.colour, fill: hollow ? "var(--ground)" : line.colour }} />;
      })}
    </g>
  );
}

/** An unknown point is put where periods are left out, so that no line leads over them. */
export function broken(at: number[], points: (Point | null)[]): (Point | null)[] {
  return points.flatMap((point, of) => (of > 0 && at[of]! - at[of - 1]! > 1.5 ? [null, point] : [point]));
}

/** The stretches of periods that follow each other and have a range: their places in the list. */
export function runsOf(at: number[], ranges: (unknown | null)[]): number[][] {
  const runs: number[][] = [];
  ranges.forEach((range, of) => {
    if (range === null || range === undefined) return;
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before === of - 1 && at[of]! - at[before]! <= 1.5) run.push(of);
    else runs.push([of]);
  });
  return runs;
}

// A period alone is drawn as wide as a part of itself, or nothing would be seen of it.
function bandOf(run: number[], at: number[], ranges: CourseBand["ranges"], x: (at: number) => number, y: (value: number) => number): string {
  const ends = run.length === 1 ? [at[run[0]!]! - 0.3, at[run[0]!]! + 0.3].map((place) => [place, ranges[run[0]!]!] as const) : run.map((of) => [at[of]!, ranges[of]!] as const);
  return bandPath(
    ends.map(([place, [low]]): Point => [x(place), y(low)]),
    ends.map(([place, [, high]]): Point => [x(place), y(high)]),
  );
}

/** Labels so that each has room; the last stays. */
export function thinned<Tick>(ticks: Tick[], room: number): Tick[] {
  const every = Math.max(1, Math.ceil(ticks.length / Math.max(1, room)));
  return ticks.filter((_, at) => (ticks.length - 1 - at) % every === 0);
}
