import { useState } from "preact/hooks";
import type { Forecasts, Place } from "../../api/types";
import { number, percent, range } from "../../format";
import { searchWords, usePlaces } from "../../parts/Picker";
import { Empty } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { href } from "../../router";
import { placeName, t } from "../../words";
import { Why } from "../place/Forecast";
import { changeWords } from "../place/Record";

export type Row = Forecasts["list"][number];

const FIRST = 30;

export function ForecastList({ list, text }: { list: Row[]; text: string }) {
  const places = usePlaces();
  const [all, setAll] = useState(false);
  const found = list.filter((row) => matches(row, places.get(row.place), text));
  const shown = all || text ? found : found.slice(0, FIRST);
  if (found.length === 0) return <Empty>{t("search-none")}</Empty>;
  return (
    <>
      <Table
        caption={t("forecasts-caption", { shown: shown.length, all: list.length })}
        label="place"
        columns={columns(places)}
        rows={shown}
        rowKey={(row) => row.place}
        start={{ id: "expected", down: true }}
      />
      {shown.length < found.length && (
        <div class="controls">
          <button type="button" onClick={() => setAll(true)}>
            {t("forecasts-all", { count: found.length })}
          </button>
        </div>
      )}
    </>
  );
}

/** By code, or by any of the names that the place has in the page's languages. */
export function matches(row: Row, place: Place | undefined, text: string): boolean {
  const plain = (word: string) => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const words = [row.place, row.name, ...(place ? searchWords(place) : [])];
  return words.some((word) => plain(word).includes(plain(text)));
}

function columns(places: Map<string, Place>): Column<Row>[] {
  return [
    {
      id: "place",
      title: t("nav-place"),
      cell: (row) => <a href={href(`/place/${row.place}`)}>{placeName(places.get(row.place) ?? row)}</a>,
      sort: (row) => placeName(places.get(row.place) ?? row),
    },
    { id: "p25", title: t("forecasts-p25"), numeric: true, cell: (row) => <Chance chance={row.next.p_25} />, sort: (row) => row.next.p_25 },
    { id: "expected", title: t("forecasts-expected"), numeric: true, cell: (row) => number(row.three.mean), sort: (row) => row.three.mean },
    { id: "three", title: t("forecasts-three"), numeric: true, cell: (row) => <MedianRange of={row.three} />, sort: (row) => row.three.median },
    { id: "twelve", title: t("forecasts-twelve"), numeric: true, cell: (row) => <MedianRange of={row.twelve} />, sort: (row) => row.twelve.median },
    { id: "last", title: t("forecasts-last"), numeric: true, cell: (row) => number(row.last_12), sort: (row) => row.last_12 },
    {
      id: "change",
      title: t("forecasts-change"),
      numeric: true,
      cell: (row) => (row.last_12 === null ? "–" : changeWords(row.last_12, Math.round(row.twelve.median))),
      sort: change,
    },
    {
      id: "why",
      title: t("forecast-why"),
      cell: (row) => (
        <details class="row-why">
          <summary aria-label={t("forecasts-why-of", { name: row.name })}>{t("forecast-why")}</summary>
          <Why why={row.why} />
        </details>
      ),
    },
  ];
}

/** How many times the last twelve months the median of the next twelve is; unknown where nobody was killed. */
export function change(row: Pick<Row, "last_12" | "twelve">): number | null {
  return row.last_12 ? row.twelve.median / row.last_12 : null;
}

function MedianRange({ of }: { of: { median: number; low_90: number; high_90: number } }) {
  return (
    <>
      {number(of.median)} <span class="figure-range">({range(of.low_90, of.high_90)})</span>
    </>
  );
}

function Chance({ chance }: { chance: number }) {
  return (
    <span class="chance">
      <span class="chance-bar" aria-hidden="true">
        <span style={{ width: `${chance * 100}%` }} />
      </span>
      {percent(chance)}
    </span>
  );
}
