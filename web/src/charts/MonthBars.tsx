import { useId } from "preact/hooks";
import { CountAxis, leftOf, YearAxis } from "./Axes";
import { countScale, countTicks } from "./scales";
import { useWidth } from "./useWidth";
import "./charts.css";

export interface MonthSeries {
  id: string;
  colour: string;
  values: (number | null)[];
}

/** Bars by month, one on the other by series. A month in which nothing is known is hatched: it is not zero. */
export function MonthBars({
  from,
  series,
  label,
  width: given,
  height = 190,
}: {
  from: string;
  series: MonthSeries[];
  label: string;
  width?: number;
  height?: number;
}) {
  const hatch = useId();
  const [ref, measured] = useWidth<HTMLDivElement>(640);
  const width = given ?? measured;
  const count = Math.max(0, ...series.map((one) => one.values.length));
  const months = Array.from({ length: count }, (_, at) => series.map((one) => one.values[at] ?? null));
  const max = Math.max(0, ...months.map((values) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0)));
  const ticks = countTicks("linear", max, 4);
  const left = leftOf(ticks);
  const bottom = height - 24;
  const y = countScale("linear", max, [bottom, 8]);
  const step = (width - left) / Math.max(1, count);
  const x = (at: number) => left + at * step;
  return (
    <div ref={ref} class="drawn">
      <svg width={width} height={height} role="img" aria-label={label}>
        <Hatch id={hatch} />
        <CountAxis scale={y} ticks={ticks} left={left} right={width} />
        {months.map((values, at) => (
          <Month key={at} values={values} colours={series.map((one) => one.colour)} x={x(at)} step={step} y={y} hatch={hatch} />
        ))}
        <YearAxis from={from} count={count} x={x} top={bottom} width={width} />
      </svg>
    </div>
  );
}

function Month({
  values,
  colours,
  x,
  step,
  y,
  hatch,
}: {
  values: (number | null)[];
  colours: string[];
  x: number;
  step: number;
  y: (value: number) => number;
  hatch: string;
}) {
  const gap = step > 5 ? 1 : step > 3 ? 0.5 : 0;
  const bottom = y(0);
  if (values.every((value) => value === null)) return <rect x={x} y={8} width={step} height={bottom - 8} fill={`url(#${hatch})`} />;
  let sum = 0;
  return (
    <g>
      {values.map((value, at) => {
        const from = sum;
        sum += value ?? 0;
        return value ? (
          <rect key={at} x={x} y={y(sum)} width={Math.max(0.5, step - gap)} height={y(from) - y(sum)} style={{ fill: colours[at] }} />
        ) : null;
      })}
    </g>
  );
}

/** The pattern of what is not known. Each chart has its own: one in a hidden part of the page would not be drawn. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="6" class="hatch" />
      </pattern>
    </defs>
  );
}
