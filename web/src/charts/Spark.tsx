import { linePath, lonePoints, type Point } from "./paths";
import "./charts.css";

/** The course over the years in little: no axis, for the figures beside it have the numbers. */
export function Spark({ values, label, width = 120, height = 28 }: { values: (number | null)[]; label: string; width?: number; height?: number }) {
  const max = Math.max(1e-9, ...values.map((value) => value ?? 0));
  const points = values.map((value, at): Point | null =>
    value === null ? null : [2 + (at / Math.max(1, values.length - 1)) * (width - 4), height - 2 - (value / max) * (height - 4)],
  );
  if (points.every((point) => point === null)) return null;
  return (
    <svg class="spark" width={width} height={height} role="img" aria-label={label}>
      <path class="history" d={linePath(points)} />
      {lonePoints(points).map(([cx, cy]) => (
        <circle key={cx} class="history-point" cx={cx} cy={cy} r={1.5} />
      ))}
    </svg>
  );
}
