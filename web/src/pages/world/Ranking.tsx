import { useState } from "preact/hooks";
import type { Measure } from "../../api/types";
import { number, percent } from "../../format";
import { scaleOf } from "../../parts/colours";
import { showSource } from "../../parts/SourcePanel";
import { Empty } from "../../parts/States";
import { href, useQuery } from "../../router";
import { t } from "../../words";
import { type Doubt, FORECAST, inOrder, type Row } from "./rows";

const AT_FIRST = 40;
/** Below this the few smallest values stand at the left end, so that the others can be told apart. */
const MOST_DECADES = 6;

interface Props {
  rows: Row[];
  measure: Measure | undefined;
  show: string;
  byRate: boolean;
  title: string;
  period: string;
  ranked: boolean;
  shared: Doubt;
}

/** Every place with its value and interval: the equal of the map for who does not see or use one. */
export function Ranking({ rows, measure, show, byRate, title, period, ranked, shared }: Props) {
  const [order, setOrder] = useQuery("order", ranked ? "value" : "name");
  const [all, setAll] = useState(false);
  const valued = inOrder(rows.filter((row) => row.kind === "value"), order === "name" ? "name" : measure?.worst === "lowest" ? "lowest" : "highest");
  const shown = all ? valued : valued.slice(0, AT_FIRST);
  const scale = makeScale(valued, measure);
  return (
    <section class="ranking" aria-labelledby="ranking-title">
      <header>
        <h2 id="ranking-title">{t("world-places")}</h2>
        <label class="tick">
          <input type="checkbox" checked={order === "name"} onChange={(event) => setOrder(event.currentTarget.checked ? "name" : "value")} />
          {t("world-by-name")}
        </label>
      </header>
      {!ranked && (
        <p class="note">
          {t("world-not-ranked")} <a href={href("/methods/people")}>{t("world-why")}</a>
        </p>
      )}
      {valued.length === 0 && <Empty />}
      {valued.length > 0 && (
        <div class="ranking-box" tabIndex={0} role="region" aria-label={`${title}, ${period}`}>
          <table>
            <caption class="unseen">
              {title}, {period}
            </caption>
            <thead>
              <tr>
                <th scope="col">{t("world-place")}</th>
                <th scope="col" class="range-head">
                  <span class="unseen">{t("world-range")}</span>
                  <Axis scale={scale} />
                </th>
                <th scope="col" class="number">
                  {byRate ? t("per-100k") : t("world-value")}
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row, at) => (
                <RankedRow key={row.place} row={row} rank={ranked && order !== "name" ? at + 1 : null} scale={scale} show={show} byRate={byRate} title={title} period={period} colour={`var(--${scaleOf(measure)}-4)`} hollow={row.doubt !== "" && row.doubt !== shared} />
              ))}
            </tbody>
          </table>
          {valued.length > shown.length && (
            <button type="button" class="more" onClick={() => setAll(true)}>
              {t("world-all-places", { count: number(valued.length) })}
            </button>
          )}
        </div>
      )}
      <Without rows={rows.filter((row) => row.kind === "none recorded")} title={t("world-none-recorded")} />
      <Without rows={rows.filter((row) => row.kind === "no data" && row.parts.length === 0)} title={t("world-no-data")} reasons />
    </section>
  );
}

interface RankedProps {
  row: Row;
  rank: number | null;
  scale: RangeScale;
  show: string;
  byRate: boolean;
  title: string;
  period: string;
  colour: string;
  hollow: boolean;
}

function RankedRow({ row, rank, scale, show, byRate, title, period, colour, hollow }: RankedProps) {
  const open = () => showSource({ place: row.place, placeName: row.name, measure: show, title, period });
  const text = byRate ? row.rate : row.text;
  return (
    <tr>
      <th scope="row">
        {rank !== null && <span class="rank">{rank}</span>}
        <a href={href(`/place/${row.place}`, { period: show === FORECAST ? null : period })}>{row.name}</a>
        {row.parts.length > 0 && <small> {t("world-joint")}</small>}
      </th>
      <td class="range-cell">
        <DotAndRange row={row} scale={scale} colour={colour} hollow={hollow} />
      </td>
      <td class="number">
        {show === FORECAST ? (
          <span class="figure-value">{text}</span>
        ) : (
          <button type="button" class="figure" aria-label={`${row.name}${t("colon")} ${text}; ${t("figure-open")}`} onClick={open}>
            <span class="figure-value">{text}</span>
          </button>
        )}
        {row.range && !byRate && <small class="under">{row.range}</small>}
        {row.chance !== null && <small class="under">P(≥25) {percent(row.chance)}</small>}
      </td>
    </tr>
  );
}

/** Where a value stands between the ends, from 0 to 100. */
interface RangeScale {
  at: (value: number) => number;
  ticks: number[];
}

/** By orders of magnitude where the values spread over more than two of them. */
function makeScale(rows: Row[], measure: Measure | undefined): RangeScale {
  const values = rows.flatMap((row) => [row.by, row.low, row.high]).filter((value) => value !== null && value > 0) as number[];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const counted = measure === undefined || measure.unit === "people" || measure.unit === "movements";
  if (values.length === 0 || !counted || high / low < 100) return linear(counted ? 0 : low, high);
  const to = Math.log10(high);
  const from = Math.max(Math.floor(Math.log10(low)), Math.floor(to) - MOST_DECADES);
  const at = (value: number) => clamp(((Math.log10(Math.max(value, 10 ** from)) - from) / (to - from)) * 100);
  const every = Math.ceil((to - from) / 3);
  const ticks = Array.from({ length: Math.floor(to) - from + 1 }, (_, step) => from + step).filter((step) => (step - from) % every === 0);
  return { at, ticks: ticks.map((power) => Number((10 ** power).toPrecision(1))) };
}

function linear(low: number, high: number): RangeScale {
  const span = high - low || 1;
  return { at: (value) => clamp(((value - low) / span) * 100), ticks: Number.isFinite(high) ? [low, low + span] : [] };
}

function clamp(share: number): number {
  return Math.min(100, Math.max(0, share));
}

function Axis({ scale }: { scale: RangeScale }) {
  return (
    <span class="axis" aria-hidden="true">
      {scale.ticks.map((tick) => (
        <span key={tick} style={{ left: `${scale.at(tick)}%` }}>
          {compact(tick)}
        </span>
      ))}
    </span>
  );
}

function compact(value: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumSignificantDigits: 2 }).format(value);
}

function DotAndRange({ row, scale, colour, hollow }: { row: Row; scale: RangeScale; colour: string; hollow: boolean }) {
  const [low, high] = [row.low === null ? null : scale.at(row.low), row.high === null ? null : scale.at(row.high)];
  return (
    <span class="dot-range" aria-hidden="true">
      {low !== null && high !== null && <i class="bar" style={{ left: `${low}%`, width: `${high - low}%`, background: colour }} />}
      <i class={hollow ? "dot hollow" : "dot"} style={{ left: `${scale.at(row.by ?? 0)}%`, borderColor: colour, background: hollow ? undefined : colour }} />
    </span>
  );
}

function Without({ rows, title, reasons = false }: { rows: Row[]; title: string; reasons?: boolean }) {
  if (rows.length === 0) return null;
  return (
    <details class="without">
      <summary>
        {title} ({number(rows.length)})
      </summary>
      <ul>
        {inOrder(rows, "name").map((row) => (
          <li key={row.place}>
            <a href={href(`/place/${row.place}`)}>{row.name}</a>
            {reasons && <small> {row.why}</small>}
          </li>
        ))}
      </ul>
    </details>
  );
}
