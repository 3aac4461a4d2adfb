import { scaleLinear } from "d3-scale";
import type { TriggerRecord } from "../../api/types";
import { AsTable } from "../../charts/AsTable";
import { leftOf } from "../../charts/Axes";
import { linePath } from "../../charts/paths";
import { countScale, countTicks } from "../../charts/scales";
import { useWidth } from "../../charts/useWidth";
import { number, percent } from "../../format";
import { type Column, Table } from "../../parts/Table";
import { t } from "../../words";
import "../../charts/charts.css";

type Point = TriggerRecord["curve"][number];
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** What more warnings would have bought: hits against activations a year, by threshold. What was chosen on the same years is hollow. */
export function Curve({ record }: { record: TriggerRecord }) {
  const [ref, measured] = useWidth<HTMLDivElement>(460);
  const width = Math.min(measured, 560);
  const height = 300;
  const known = record.curve.filter((point) => point.hit_rate !== null).sort((a, b) => a.activations_per_year - b.activations_per_year);
  if (known.length === 0) return <p class="note">{t("curve-none")}</p>;
  const most = Math.max(1, ...known.map((point) => point.activations_per_year));
  const ticks = countTicks("sqrt", most, Math.floor(width / 70));
  const x = countScale("sqrt", most, [leftOf([100]) + 22, width - 14]);
  const y = scaleLinear([0, 1], [height - 44, 12]);
  const chosen = known.find((point) => Math.abs(point.threshold - record.threshold) < 1e-9);
  const beside = record.beside.filter((one) => one.hit_rate !== null);
  return (
    <>
      <div ref={ref} class="drawn">
        <svg width={width} height={height} role="img" aria-label={curveLabel(record, chosen)}>
          <g class="axis">
            {TICKS.map((tick) => (
              <g key={tick}>
                <line class="grid" x1={x(0)} x2={x(most)} y1={y(tick)} y2={y(tick)} />
                <text x={x(0) - 6} y={y(tick)} dy="0.32em" text-anchor="end">
                  {percent(tick, 0)}
                </text>
              </g>
            ))}
            {ticks.map((tick) => (
              <g key={tick}>
                <line class="grid" x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} />
                <text x={x(tick)} y={y(0) + 17} text-anchor="middle">
                  {number(tick)}
                </text>
              </g>
            ))}
            <text x={(x(0) + x(most)) / 2} y={height - 6} text-anchor="middle">
              {t("curve-across")}
            </text>
            <text transform={`translate(11,${(y(0) + y(1)) / 2}) rotate(-90)`} text-anchor="middle">
              {t("curve-up")}
            </text>
          </g>
          <path class="median" d={linePath(known.map((point) => [x(point.activations_per_year), y(point.hit_rate!)]))} />
          {known.map((point) => (
            <circle key={point.threshold} class={point.in_sample ? "curve-point hollow" : "curve-point"} cx={x(point.activations_per_year)} cy={y(point.hit_rate!)} r="4" />
          ))}
          {chosen && <circle class="curve-chosen" cx={x(chosen.activations_per_year)} cy={y(chosen.hit_rate!)} r="8" />}
          {chosen && beside.map((one, at) => <Beside key={one.name} at={at} x={x(chosen.activations_per_year)} y={y(one.hit_rate!)} />)}
        </svg>
      </div>
      <ul class="chart-keys">
        <Key text={t("curve-untouched")}>
          <circle class="curve-point" cx="8" cy="8" r="4" />
        </Key>
        <Key text={t("curve-in-sample")}>
          <circle class="curve-point hollow" cx="8" cy="8" r="4" />
        </Key>
        {chosen && (
          <Key text={t("curve-chosen", { threshold: number(record.threshold, 2) })}>
            <circle class="curve-chosen" cx="8" cy="8" r="6" />
          </Key>
        )}
        {beside.map((one, at) => (
          <Key key={one.name} text={t("curve-beside", { name: one.name, hits: percent(one.hit_rate, 0) })}>
            <Beside at={at} x={8} y={8} />
          </Key>
        ))}
      </ul>
      <AsTable>{() => <Table caption={t("curve-title")} hideCaption columns={columns()} rows={record.curve} rowKey={(point) => String(point.threshold)} />}</AsTable>
    </>
  );
}

/** Each kind of comparison has a shape of its own. */
function Beside({ at, x, y }: { at: number; x: number; y: number }) {
  const shapes = ["M-5 0 0 -5 5 0 0 5Z", "M-4 -4 4 4M4 -4-4 4", "M-5 4H5L0 -5Z"];
  return <path class="curve-beside" d={shapes[at % shapes.length]} transform={`translate(${x},${y})`} />;
}

function Key({ text, children }: { text: string; children: preact.ComponentChildren }) {
  return (
    <li>
      <svg width="16" height="16" aria-hidden="true">
        {children}
      </svg>
      <span>{text}</span>
    </li>
  );
}

function curveLabel(record: TriggerRecord, chosen: Point | undefined): string {
  const at = chosen ? t("curve-label-chosen", { threshold: number(record.threshold, 2), hits: percent(chosen.hit_rate, 0), activations: number(chosen.activations_per_year, 1) }) : "";
  const beside = record.beside.filter((one) => one.hit_rate !== null).map((one) => t("curve-beside", { name: one.name, hits: percent(one.hit_rate, 0) }));
  return [t("curve-title"), at, ...beside].filter(Boolean).join("; ");
}

function columns(): Column<Point>[] {
  return [
    { id: "threshold", title: t("curve-threshold"), numeric: true, cell: (point) => number(point.threshold, 2) },
    { id: "activations", title: t("curve-across"), numeric: true, cell: (point) => number(point.activations_per_year, 1) },
    { id: "hits", title: t("curve-up"), numeric: true, cell: (point) => percent(point.hit_rate, 0) },
    { id: "false", title: t("counts-false_alarm_ratio"), numeric: true, cell: (point) => percent(point.false_alarm_ratio, 0) },
    { id: "sample", title: t("curve-sample"), cell: (point) => t(point.in_sample ? "curve-in-sample-short" : "curve-untouched-short") },
  ];
}
