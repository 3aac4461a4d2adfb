import { scaleLinear } from "d3-scale";
import type { InstrumentPage, SourceNote } from "../../api/types";
import { AsTable } from "../../charts/AsTable";
import { CountAxis, leftOf } from "../../charts/Axes";
import { countScale, countTicks } from "../../charts/scales";
import { useWidth } from "../../charts/useWidth";
import { day, number } from "../../format";
import { Table } from "../../parts/Table";
import { t } from "../../words";
import { Source } from "./Common";
import { daysBetween } from "./days";
import "../../charts/charts.css";

const HEIGHT = 220;
const LINES = [
  { id: "deposited", colour: "var(--series-2)", dash: "dashed" },
  { id: "in_force", colour: "var(--standing-bound)", dash: undefined },
] as const;

/** How many consented, and for how many it was in force, day by day. */
export function Accession({ page, titles }: { page: InstrumentPage; titles: SourceNote[] }) {
  const { curve } = page;
  if (curve.length < 2) return <p class="note">{t("agenda-no-curve")}</p>;
  const last = curve.at(-1)!;
  const counts = { deposited: number(last.deposited), in_force: number(last.in_force), day: day(last.on) };
  return (
    <>
      <Drawn page={page} label={t("agenda-curve-label", { name: page.short, ...counts })} />
      <ul class="chart-keys">
        {LINES.map((line) => (
          <li key={line.id}>
            <i class="line-key" data-dash={line.dash} style={{ "--of": line.colour }} />
            {t(`agenda-curve-${line.id}`)}
            {t("colon")} <b class="num">{number(last[line.id])}</b>
          </li>
        ))}
        {page.entered_into_force && (
          <li>
            <i class="line-key entry" />
            {t("agenda-entered")}
          </li>
        )}
      </ul>
      <p class="note">
        {t("agenda-curve-until", { day: day(last.on) })} {page.list && <Source id={page.list.source} asOf={page.list.as_of} titles={titles} />}
      </p>
      <TimeToEntry page={page} />
      <AsTable>
        {() => (
          <Table
            caption={t("agenda-curve")}
            label="on"
            rows={[...curve].reverse()}
            rowKey={(row) => row.on}
            columns={[
              { id: "on", title: t("agenda-date"), cell: (row) => day(row.on), sort: (row) => row.on },
              { id: "deposited", title: t("agenda-curve-deposited"), numeric: true, cell: (row) => number(row.deposited), sort: (row) => row.deposited },
              { id: "in_force", title: t("agenda-curve-in_force"), numeric: true, cell: (row) => number(row.in_force), sort: (row) => row.in_force },
            ]}
          />
        )}
      </AsTable>
    </>
  );
}

function Drawn({ page, label }: { page: InstrumentPage; label: string }) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const { curve } = page;
  const [from, to] = [curve[0]!.on, curve.at(-1)!.on];
  const most = Math.max(...curve.map((point) => Math.max(point.deposited, point.in_force)));
  const ticks = countTicks("linear", most, 4);
  const left = leftOf(ticks);
  const bottom = HEIGHT - 24;
  const y = countScale("linear", most, [bottom, 8]);
  const x = scaleLinear([0, Math.max(1, daysBetween(from, to))], [left + 4, width - 12]);
  const at = (on: string) => x(daysBetween(from, on));
  const entry = page.entered_into_force;
  return (
    <div ref={ref} class="drawn">
      <svg width={width} height={HEIGHT} role="img" aria-label={label}>
        <CountAxis scale={y} ticks={ticks} left={left} right={width} />
        {entry && entry >= from && entry <= to && <line class="origin" x1={at(entry)} x2={at(entry)} y1={8} y2={bottom} />}
        {LINES.map((line) => (
          <path key={line.id} class={`series-line ${line.dash ?? ""}`} style={{ stroke: line.colour }} d={steps(curve.map((point) => [at(point.on), y(point[line.id])]))} />
        ))}
        <g class="axis">
          {years(from, to, Math.floor(width / 64)).map((year) => (
            <text key={year} x={at(`${year}-01-01`)} y={bottom + 17} text-anchor="middle">
              {year}
            </text>
          ))}
        </g>
      </svg>
    </div>
  );
}

/** A number stays until the day on which it changes. */
export function steps(points: [number, number][]): string {
  return points.map(([x, y], at) => (at === 0 ? `M${round(x)},${round(y)}` : `H${round(x)}V${round(y)}`)).join("");
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}

/** The years that begin within the span, thinned so that their labels have room. */
export function years(from: string, to: string, room: number): number[] {
  const first = Number(from.slice(0, 4)) + 1;
  const all = Array.from({ length: Math.max(0, Number(to.slice(0, 4)) - first + 1) }, (_, at) => first + at);
  const every = Math.max(1, Math.ceil(all.length / Math.max(1, room)));
  return all.filter((year) => year % every === 0);
}

function TimeToEntry({ page }: { page: InstrumentPage }) {
  const time = page.time_to_entry;
  if (!time) return null;
  const { first_quartile_days: low, median_days: median, third_quartile_days: high } = time;
  return (
    <p>
      {time.days_from_adoption !== null && `${t("agenda-days-to-entry", { days: number(time.days_from_adoption) })} `}
      {median !== null && low !== null && high !== null && t("agenda-days-to-consent", { median: number(median), low: number(low), high: number(high), count: time.consents_dated })}
    </p>
  );
}
