import { scaleLinear, type ScaleContinuousNumeric } from "d3-scale";
import { useWidth } from "./useWidth";
import "./charts.css";

export interface StackedDot {
  id: string;
  value: number;
}

interface DotStackProps {
  dots: StackedDot[];
  /** The one that the others are held against. */
  own: { value: number; said: string };
  /** Without a range, which is the width's. */
  scale: ScaleContinuousNumeric<number, number>;
  ticks: { at: number; said: string }[];
  label: string;
}

const RADIUS = 3.5;
const STEP = 2 * RADIUS + 1;

/** Values as dots piled up where they are alike, and one of them marked by its shape and a line. */
export function DotStack({ dots, own, scale, ticks, label }: DotStackProps) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const x = scale.copy().range([12, width - 16]);
  const piles = piled(dots.map((dot) => x(dot.value)), STEP);
  const most = Math.max(1, ...piles.map((pile) => pile.level + 1));
  const height = Math.max(90, 46 + most * STEP);
  const base = height - 26;
  const at = x(own.value);
  const toTheLeft = at > width / 2;
  const y = scaleLinear([0, 1], [base - RADIUS - 1, base - RADIUS - 1 - STEP]);
  return (
    <div ref={ref} class="drawn">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <line class="base-line" x1={4} x2={width - 4} y1={base} y2={base} />
        <line class="began" x1={at} x2={at} y1={6} y2={base} />
        <text class="row-title" x={toTheLeft ? at - 8 : at + 8} y={16} text-anchor={toTheLeft ? "end" : "start"}>
          {own.said}
        </text>
        {piles.map((pile, of) => (
          <circle key={dots[of]!.id} class="placebo" cx={pile.at} cy={y(pile.level)} r={RADIUS} />
        ))}
        <path class="own" d={`M${at},${base - 15}l7,7l-7,7l-7,-7Z`} />
        <g class="axis">
          {ticks.map((tick) => (
            <text key={tick.at} x={x(tick.at)} y={base + 17} text-anchor={x(tick.at) > width - 40 ? "end" : "middle"}>
              {tick.said}
            </text>
          ))}
        </g>
      </svg>
    </div>
  );
}

/** Each in the column that is nearest, on top of those that are there. */
export function piled(at: number[], step: number): { at: number; level: number }[] {
  const heights = new Map<number, number>();
  return at.map((place) => {
    const column = Math.round(place / step);
    const level = heights.get(column) ?? 0;
    heights.set(column, level + 1);
    return { at: column * step, level };
  });
}
