import { scaleLinear, scaleSqrt } from "d3-scale";
import { percent } from "../format";
import { useWidth } from "./useWidth";
import "./charts.css";

export interface ReliabilityBin {
  forecast: number;
  observed: number;
  low: number;
  high: number;
  count: number;
}

const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** What was said against what came. Dots on the diagonal were said rightly; the bar is where chance alone would put them. */
export function Reliability({ bins, label, across, up }: { bins: ReliabilityBin[]; label: string; across: string; up: string }) {
  const [ref, measured] = useWidth<HTMLDivElement>(340);
  const side = Math.min(measured, 380);
  const x = scaleLinear([0, 1], [52, side - 10]);
  const y = scaleLinear([0, 1], [side - 42, 10]);
  const r = scaleSqrt([0, Math.max(1, ...bins.map((bin) => bin.count))], [2, 9]);
  return (
    <div ref={ref} class="drawn">
      <svg width={side} height={side} role="img" aria-label={label}>
        <g class="axis">
          {TICKS.map((tick) => (
            <g key={tick}>
              <line class="grid" x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
              <line class="grid" x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} />
              <text x={x(0) - 6} y={y(tick)} dy="0.32em" text-anchor="end">
                {percent(tick, 0)}
              </text>
              <text x={x(tick)} y={y(0) + 16} text-anchor="middle">
                {percent(tick, 0)}
              </text>
            </g>
          ))}
          <text x={(x(0) + x(1)) / 2} y={side - 6} text-anchor="middle">
            {across}
          </text>
          <text transform={`translate(11,${(y(0) + y(1)) / 2}) rotate(-90)`} text-anchor="middle">
            {up}
          </text>
        </g>
        <line class="diagonal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        {bins.map((bin) => (
          <g key={bin.forecast}>
            <line class="range" x1={x(bin.forecast)} x2={x(bin.forecast)} y1={y(bin.low)} y2={y(bin.high)} />
            <circle class="dot" cx={x(bin.forecast)} cy={y(bin.observed)} r={r(bin.count)} />
          </g>
        ))}
      </svg>
    </div>
  );
}
