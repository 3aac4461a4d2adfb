import "./charts.css";

interface DotRangeProps {
  /** Where the scale begins and ends. */
  min: number;
  max: number;
  value: number | null;
  low?: number | null;
  high?: number | null;
  /** A second, hollow dot: where the value was before. */
  before?: number | null;
  label: string;
  width?: number;
}

/** A dot in its interval, on a line as long as the scale. */
export function DotRange({ min, max, value, low, high, before, label, width = 140 }: DotRangeProps) {
  const x = (of: number) => 6 + ((of - min) / Math.max(1e-9, max - min)) * (width - 12);
  const known = typeof low === "number" && typeof high === "number";
  return (
    <svg class="dot-range" width={width} height={16} role="img" aria-label={label}>
      <line class="grid" x1={6} x2={width - 6} y1={8} y2={8} />
      {known && <line class="range" x1={x(low)} x2={Math.max(x(high), x(low) + 1)} y1={8} y2={8} />}
      {typeof before === "number" && before !== value && <circle class="before" cx={x(before)} cy={8} r={3.5} />}
      {value !== null && <circle class="dot" cx={x(value)} cy={8} r={4} />}
    </svg>
  );
}
