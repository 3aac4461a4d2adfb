import type { PlaceAnswer } from "../../api/types";
import { DotRange } from "../../charts/DotRange";
import { number, range } from "../../format";
import { type Column, Table } from "../../parts/Table";
import { href } from "../../router";
import { indexName, t } from "../../words";
import { nameOf, type Page } from "./about";
import { Section } from "./Section";

type Index = PlaceAnswer["indices"][number];

/** The place in each index: its value and its rank, both with their intervals. */
export function Indices({ page }: { page: Page }) {
  const { indices, beside } = page.answer;
  if (indices.length === 0 && beside.length === 0) return null;
  return (
    <Section id="indices" title={t("place-indices")} wide>
      <p class="note">{t("index-trades")}</p>
      {indices.length > 0 && (
        <Table
          caption={t("place-indices")}
          hideCaption
          label="title"
          columns={columns(page.answer.place)}
          rows={indices}
          rowKey={(index) => index.recipe}
        />
      )}
      <ul class="beside">
        {beside.map((pair) => (
          <li key={pair.index + pair.measure}>
            {t("place-beside", {
              index: nameOf(page, pair.index),
              indexRank: number(pair.index_rank),
              measure: nameOf(page, pair.measure),
              rank: number(pair.rank),
              of: number(pair.of),
            })}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function columns(place: string): Column<Index>[] {
  return [
    {
      id: "title",
      title: t("place-index"),
      cell: (index) => (
        <a href={href(`/index/${index.recipe}`, { period: index.period, place })}>{indexName(index.recipe, index.title)}</a>
      ),
      sort: (index) => indexName(index.recipe, index.title),
    },
    { id: "period", title: t("place-year"), cell: (index) => index.period },
    { id: "value", title: t("place-value"), numeric: true, cell: (index) => number(index.value, index.decimals) },
    { id: "interval", title: t("place-interval"), numeric: true, cell: (index) => range(index.low, index.high, index.decimals) },
    { id: "rank", title: t("place-rank"), numeric: true, cell: (index) => rankWords(index) },
    {
      id: "dot",
      title: t("place-rank-of-all"),
      cell: (index) =>
        index.rank !== null && (
          <DotRange min={1} max={index.of} value={index.rank} low={index.rank_low} high={index.rank_high} label={rankWords(index)} />
        ),
    },
  ];
}

export function rankWords(index: Pick<Index, "rank" | "rank_low" | "rank_high" | "of">): string {
  if (index.rank === null) return t("place-no-rank");
  const between =
    index.rank_low !== null && index.rank_high !== null && index.rank_low !== index.rank_high ? ` (${range(index.rank_low, index.rank_high)})` : "";
  return t("place-rank-of", { rank: number(index.rank) + between, of: number(index.of) });
}
