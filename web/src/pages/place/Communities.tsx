import type { ShownFigure } from "../../api/types";
import { shownRange } from "../../format";
import { figureWords } from "../../parts/Figure";
import { Notes } from "../../parts/SourcePanel";
import { type Column, Table } from "../../parts/Table";
import { t } from "../../words";
import { type Page, titleOf } from "./about";
import { MapOnDemand } from "./MapOnDemand";
import { Section } from "./Section";

interface Community {
  place: string;
  name: string;
  figures: Map<string, ShownFigure>;
}

/** The rows of the answer, one community after another. */
export function communitiesOf(rows: ShownFigure[]): Community[] {
  const all = new Map<string, Community>();
  for (const row of rows) {
    const one = all.get(row.place) ?? { place: row.place, name: row.place_name, figures: new Map() };
    one.figures.set(row.measure, row);
    all.set(row.place, one);
  }
  return [...all.values()];
}

export function Communities({ page }: { page: Page }) {
  const { communities, place } = page.answer;
  if (!communities) return null;
  const rows = communitiesOf(communities.rows);
  const told = [...new Set(communities.rows.filter((row) => row.value !== null).map((row) => row.measure))];
  const columns: Column<Community>[] = [
    { id: "name", title: t("place-community"), cell: (row) => row.name, sort: (row) => row.name },
    ...told.map((measure): Column<Community> => ({
      id: measure,
      title: titleOf(page, measure).replace(/^… /, ""),
      numeric: true,
      cell: (row) => {
        const figure = row.figures.get(measure);
        if (!figure) return "";
        const range = figure.value === null ? "" : shownRange(figure.shown);
        return (
          <>
            {figureWords(figure)} {range && <span class="figure-range">{range}</span>}
          </>
        );
      },
      sort: (row) => row.figures.get(measure)?.value ?? null,
    })),
  ];
  return (
    <Section id="communities" title={t("place-communities", { name: page.name })} wide>
      <MapOnDemand place={place} layer="places" words={t("place-map-communities")} />
      <Table
        caption={t("place-communities-caption", { count: rows.length, period: communities.period })}
        label="name"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.place}
      />
      <Notes notes={communities.notes} />
    </Section>
  );
}
