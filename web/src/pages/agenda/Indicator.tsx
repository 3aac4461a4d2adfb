import type { Indicator, IndicatorLine, SourceNote } from "../../api/types";
import { AsTable } from "../../charts/AsTable";
import { type Line, Lines } from "../../charts/Lines";
import { number, period, range } from "../../format";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { measureUnit, t } from "../../words";
import { Source } from "./Common";
import { decimalsOf } from "./days";

const COLOURS = ["var(--series-1)", "var(--series-3)", "var(--series-2)", "var(--series-4)"];
const DASHES = [undefined, "dashed", "dotted"] as const;

/** One measure of progress: its course, or why there is none and who publishes it. */
export function IndicatorOf({ indicator, titles }: { indicator: Indicator; titles: SourceNote[] }) {
  const lines = indicator.lines.filter((line) => line.points.length > 0);
  return (
    <figure class="agenda-indicator" aria-labelledby={`indicator-${indicator.id}`}>
      <figcaption id={`indicator-${indicator.id}`}>
        <b>
          <Told text={indicator.title} />
        </b>
        {indicator.unit && `, ${measureUnit(indicator.unit)}`}
      </figcaption>
      {lines.length > 0 && <Course lines={lines} title={indicator.title} titles={titles} apart={indicator.kind === "aid"} />}
      {indicator.missing && (
        <p class="note">
          {t("agenda-nothing-here")} <Told text={indicator.missing} />
        </p>
      )}
      {indicator.publisher && (
        <p class="note">
          {t("agenda-published-by")} {indicator.url ? <a href={indicator.url} lang="en" rel="noreferrer">{indicator.publisher}</a> : <span lang="en">{indicator.publisher}</span>}
        </p>
      )}
      {indicator.note && (
        <p class="note">
          <Told text={indicator.note} />
        </p>
      )}
    </figure>
  );
}

function Course({ lines, title, titles, apart }: { lines: IndicatorLine[]; title: string; titles: SourceNote[]; apart: boolean }) {
  const decimals = decimalsOf(lines.flatMap((line) => line.points.map((point) => point.value)));
  const drawn = drawnLines(lines);
  const preliminary = lines.some((line) => line.points.some((point) => point.preliminary));
  const said = lines.map((line) => {
    const last = line.points.at(-1)!;
    return `${line.title}${t("colon")} ${t("agenda-last-value", { period: period(last.period), value: number(last.value, decimals) })}`;
  });
  return (
    <>
      {drawn && <Lines periods={drawn.periods} lines={drawn.lines} label={`${title}. ${said.join("; ")}`} height={150} />}
      <ul class="chart-keys">
        {lines.map((line, at) => (
          <li key={line.id}>
            {drawn && <i class="line-key" data-dash={DASHES[at % DASHES.length]} style={{ "--of": COLOURS[at % COLOURS.length] }} />}
            <span>
              <span lang="en">{line.title}</span>
              {t("colon")} <LastOf line={line} decimals={decimals} />
              <small class="under">
                <Source id={line.source} asOf={line.as_of} titles={titles} />
              </small>
            </span>
          </li>
        ))}
        {preliminary && (
          <li>
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
              <circle cx="6" cy="6" r="4" class="hollow-key" />
            </svg>
            {t("agenda-preliminary")}
          </li>
        )}
      </ul>
      {apart && lines.length > 1 && <p class="note">{t("agenda-lines-apart")}</p>}
      <AsTable>{() => <Points lines={lines} title={title} decimals={decimals} />}</AsTable>
    </>
  );
}

function LastOf({ line, decimals }: { line: IndicatorLine; decimals: number }) {
  const last = line.points.at(-1)!;
  const interval = range(last.low, last.high, decimals);
  return (
    <>
      <b class="num">{number(last.value, decimals)}</b>
      {interval && ` (${interval})`}, {period(last.period)}
      {last.preliminary && `, ${t("agenda-preliminary")}`}
    </>
  );
}

/** The lines over all years of any of them; what is not told by the year, or for one year only, is not drawn. */
export function drawnLines(lines: IndicatorLine[]): { periods: string[]; lines: Line[] } | null {
  const periods = [...new Set(lines.flatMap((line) => line.points.map((point) => point.period)))].sort();
  if (periods.length < 2 || !periods.every((one) => /^\d{4}$/.test(one))) return null;
  const drawn = lines.map((line, at): Line => {
    const byPeriod = new Map(line.points.map((point) => [point.period, point]));
    const points = periods.map((one) => byPeriod.get(one) ?? null);
    return {
      id: line.id,
      title: line.title,
      colour: COLOURS[at % COLOURS.length]!,
      dash: DASHES[at % DASHES.length],
      values: points.map((point) => point?.value ?? null),
      ranges: points.map((point) => (point && point.low !== null && point.high !== null ? [point.low, point.high] : null)),
      hollow: points.map((point) => point?.preliminary ?? false),
    };
  });
  return { periods, lines: drawn };
}

function Points({ lines, title, decimals }: { lines: IndicatorLine[]; title: string; decimals: number }) {
  type Row = IndicatorLine["points"][number] & { line: string };
  const rows: Row[] = lines.flatMap((line) => line.points.map((point) => ({ ...point, line: line.title }))).reverse();
  const columns: Column<Row>[] = [
    { id: "period", title: t("agenda-period"), cell: (row) => period(row.period), sort: (row) => row.period },
    { id: "line", title: t("agenda-series"), cell: (row) => <span lang="en">{row.line}</span>, sort: (row) => row.line },
    { id: "value", title: t("panel-value"), numeric: true, cell: (row) => number(row.value, decimals), sort: (row) => row.value },
    { id: "range", title: t("agenda-interval"), numeric: true, cell: (row) => range(row.low, row.high, decimals) || "–" },
    { id: "mark", title: t("agenda-mark"), cell: (row) => (row.preliminary ? t("agenda-preliminary") : "") },
  ];
  return <Table caption={title} label="period" columns={columns} rows={rows} rowKey={(row) => row.line + row.period} />;
}
