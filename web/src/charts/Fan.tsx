import { CountAxis, leftOf, YearAxis } from "./Axes";
import { bandPath, linePath, lonePoints, type Point } from "./paths";
import { countScale, countTicks, type ScaleKind } from "./scales";
import { useWidth } from "./useWidth";
import "./charts.css";

export interface FanMonth {
  median: number;
  low_50: number;
  high_50: number;
  low_90: number;
  high_90: number;
}

interface FanProps {
  from: string;
  history: (number | null)[];
  months: FanMonth[];
  kind: ScaleKind;
  label: string;
  width?: number;
  height?: number;
}

/** The months that were, and those ahead: the median in its intervals of 50 and 90 %. */
export function Fan({ from, history, months, kind, label, width: given, height = 260 }: FanProps) {
  const [ref, measured] = useWidth<HTMLDivElement>(640);
  const width = given ?? measured;
  const max = Math.max(0, ...history.map((value) => value ?? 0), ...months.map((month) => month.high_90));
  const ticks = countTicks(kind, max, 5);
  const left = leftOf(ticks);
  const bottom = height - 24;
  const y = countScale(kind, max, [bottom, 8]);
  const step = (width - left) / Math.max(1, history.length + months.length);
  const x = (at: number) => left + at * step;
  const past = history.map((value, at): Point | null => (value === null ? null : [x(at + 0.5), y(value)]));
  const ahead = (key: keyof FanMonth) => months.map((month, at): Point => [x(history.length + at + 0.5), y(month[key])]);
  return (
    <div ref={ref} class="drawn">
      <svg width={width} height={height} role="img" aria-label={label}>
        <CountAxis scale={y} ticks={ticks} left={left} right={width} />
        <path class="band-90" d={bandPath(ahead("low_90"), ahead("high_90"))} />
        <path class="band-50" d={bandPath(ahead("low_50"), ahead("high_50"))} />
        <path class="median" d={linePath(ahead("median"))} />
        <line class="origin" x1={x(history.length)} x2={x(history.length)} y1={8} y2={bottom} />
        <path class="history" d={linePath(past)} />
        {lonePoints(past).map(([cx, cy]) => (
          <circle key={cx} class="history-point" cx={cx} cy={cy} r={1.5} />
        ))}
        <YearAxis from={from} count={history.length + months.length} x={x} top={bottom} width={width} />
      </svg>
    </div>
  );
}
