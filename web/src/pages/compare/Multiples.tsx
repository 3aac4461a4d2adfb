import type { Measure, PlaceAnswer, ShownFigure } from "../../api/types";
import { number, rangeLike, rate } from "../../format";
import { Chart, type PlotModule } from "../../parts/Chart";
import { Figure, yearWords } from "../../parts/Figure";
import { scaleOf } from "../../parts/colours";
import { Empty } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { href } from "../../router";
import { language, measureName, measureUnit, placeName, t } from "../../words";
import type { Point, Series } from "./series";

interface Props {
  measure: Measure;
  places: PlaceAnswer[];
  series: Series[];
  byRate: boolean;
  free: boolean;
  loading: boolean;
}

/** One measure: a small chart a place, and the same as a table. */
export function Multiples({ measure, places, series, byRate, free, loading }: Props) {
  const known = series.filter((one) => one.points.some((point) => point.value !== null));
  const top = Math.max(...known.flatMap((one) => one.points.flatMap((point) => [point.value ?? 0, point.high ?? 0])));
  const years = known.flatMap((one) => one.points.filter((point) => point.value !== null).map((point) => point.year));
  const span: [number, number] = [Math.min(...years), Math.max(...years)];
  const unit = byRate ? `${measureUnit(measure.unit)}, ${t("per-100k")}` : measureUnit(measure.unit);
  return (
    <section class="multiples" aria-busy={loading}>
      <h2>
        {measureName(measure)} <small>{unit}</small>
      </h2>
      {known.length === 0 && !loading && <Empty>{t(byRate ? "compare-no-rate" : "compare-no-years")}</Empty>}
      {known.length > 0 && (
        <>
          <div class="panels">
            {places.map((place) => (
              <Panel key={place.place} place={place} series={known.find((one) => one.place === place.place)} measure={measure} span={span} top={free ? null : top} byRate={byRate} />
            ))}
          </div>
          <Marks figures={places.flatMap((place) => latestOf(place, measure) ?? [])} />
          <details>
            <summary>{t("compare-table")}</summary>
            <YearsTable measure={measure} places={places} series={known} byRate={byRate} />
          </details>
        </>
      )}
    </section>
  );
}

interface PanelProps {
  place: PlaceAnswer;
  series: Series | undefined;
  measure: Measure;
  span: [number, number];
  top: number | null;
  byRate: boolean;
}

/** The figure of the latest period, which may be of an earlier year. */
function latestOf(place: PlaceAnswer, measure: Measure): ShownFigure | undefined {
  return place.figures.find((figure) => figure.measure === measure.id);
}

/** What the signs beside the figures mean, where any has them. */
function Marks({ figures }: { figures: ShownFigure[] }) {
  const said = [
    figures.some((figure) => figure.shown.sign === "≥ ") && t("mark-at-least"),
    figures.some((figure) => figure.shown.mark === "*") && t("mark-earlier"),
    figures.some((figure) => figure.shown.mark === "†") && t("mark-stale"),
  ].filter((one) => one !== false);
  return said.length ? <p class="note">{said.join(" · ")}</p> : null;
}

function Panel({ place, series, measure, span, top, byRate }: PanelProps) {
  const name = placeName(place);
  const known = (series?.points ?? []).filter((point) => point.value !== null);
  const last = known.at(-1);
  const latest = latestOf(place, measure);
  const label = last ? t("compare-chart-label", { name, measure: measureName(measure), first: String(known[0]!.year), last: String(last.year), value: inWords(last, series!.decimals, byRate) }) : name;
  return (
    <figure class="small-multiple">
      <figcaption>
        <a href={href(`/place/${place.place}`)}>{name}</a>
        {latest && (
          <p>
            {latest.period}
            {t("colon")} <Figure figure={latest} title={measureName(measure)} unit={false} rate={byRate} />
          </p>
        )}
      </figcaption>
      {series ? <Chart make={(plot, width) => draw(plot, width, series, measure, span, top, byRate)} of={[series, top, span.join(), language()]} label={label} /> : <p class="note">{t("state-empty")}</p>}
    </figure>
  );
}

function draw(plot: PlotModule, width: number, { points, decimals }: Series, measure: Measure, span: [number, number], top: number | null, byRate: boolean): Element {
  const colour = `var(--${scaleOf(measure)}-4)`;
  const withRange = points.map((point) => ({ ...point, low: point.high === null ? null : point.low }));
  const compact = new Intl.NumberFormat(language(), { notation: "compact", maximumSignificantDigits: 3 });
  return plot.plot({
    width,
    height: 150,
    marginLeft: 44,
    marginRight: 10,
    marginBottom: 24,
    marginTop: 10,
    className: "plot",
    x: { domain: span, ticks: Math.max(2, Math.min(4, Math.floor(width / 80))), tickFormat: (year: number) => String(year), label: null },
    y: { domain: top === null ? undefined : [0, top], zero: true, grid: true, ticks: 4, nice: true, label: null, tickFormat: (value: number) => compact.format(value) },
    marks: [
      plot.ruleY([0], { stroke: "var(--strong-line)" }),
      plot.areaY(withRange, { x: "year", y1: "low", y2: "high", fill: colour, fillOpacity: 0.22 }),
      plot.lineY(points, { x: "year", y: "value", stroke: colour, strokeWidth: 1.8 }),
      plot.dot(lonely(points), { x: "year", y: "value", fill: colour, r: 2 }),
      plot.tip(points, plot.pointerX({ x: "year", y: "value", title: (point: Point) => told(point, decimals, byRate) })),
    ],
  });
}

/** A year with a value between years without would be no line. */
function lonely(points: Point[]): Point[] {
  const has = (at: number) => (points[at]?.value ?? null) !== null;
  return points.filter((_, at) => has(at) && !has(at - 1) && !has(at + 1));
}

function told(point: Point, decimals: number, byRate: boolean): string {
  const interval = intervalOf(point, decimals, byRate);
  return `${point.year}${t("colon")} ${inWords(point, decimals, byRate)}${interval && `\n${interval}`}`;
}

function inWords(point: Point, decimals: number, byRate: boolean): string {
  if (point.value === null) return t("legend-no-data");
  return yearWords(point.coverage, point.sign, byRate ? rate(point.value) : number(point.rounded, decimals));
}

function intervalOf(point: Point, decimals: number, byRate: boolean): string {
  if (point.value === null || point.low === null || point.high === null || point.coverage === "none recorded") return "";
  return byRate ? `${rate(point.low)}–${rate(point.high)}` : rangeLike(point.value, point.rounded, point.low, point.high, decimals);
}

function YearsTable({ measure, places, series, byRate }: { measure: Measure; places: PlaceAnswer[]; series: Series[]; byRate: boolean }) {
  const years = [...new Set(series.flatMap((one) => one.points.filter((point) => point.value !== null).map((point) => point.year)))].sort((a, b) => b - a);
  const of = (place: string) => series.find((one) => one.place === place);
  const at = (place: string, year: number) => of(place)?.points.find((point) => point.year === year);
  const columns: Column<number>[] = [
    { id: "year", title: t("world-year"), cell: (year) => String(year), sort: (year) => year },
    ...places.map((place): Column<number> => ({
      id: place.place,
      title: placeName(place),
      numeric: true,
      sort: (year) => at(place.place, year)?.value ?? null,
      cell: (year) => {
        const point = at(place.place, year);
        if (!point || point.value === null) return "–";
        const { decimals } = of(place.place)!;
        const interval = intervalOf(point, decimals, byRate);
        return (
          <>
            {inWords(point, decimals, byRate)}
            {interval && <small class="under">{interval}</small>}
          </>
        );
      },
    })),
  ];
  return <Table caption={measureName(measure)} columns={columns} rows={years} rowKey={String} label="year" />;
}
