import { useState } from "preact/hooks";
import type { ShownFigure, SourceNote } from "../../api/types";
import { AsTable } from "../../charts/AsTable";
import { MonthBars } from "../../charts/MonthBars";
import { lastMonths, monthAfter } from "../../charts/months";
import { type StackPart, StackBar } from "../../charts/StackBar";
import { month, number, percent } from "../../format";
import { figureWords } from "../../parts/Figure";
import { Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { has, t } from "../../words";
import { openSource, type Page } from "./about";
import { figuresOf, known, perpetrators } from "./headline";
import { From, Section } from "./Section";

type Months = NonNullable<Page["answer"]["months"]>;

const COLOURS: Record<string, string> = { "state-based": "var(--series-1)", "non-state": "var(--series-3)", "one-sided": "var(--series-4)" };

export function violenceName(violence: string): string {
  const id = `violence-${violence.replace(/[^a-z0-9]+/gi, "-")}`;
  return has(id) ? t(id) : violence;
}

export function DeathsByMonth({ page }: { page: Page }) {
  const { months } = page.answer;
  if (!months || months.series.length === 0)
    return (
      <Section id="months" title={t("place-months")} wide>
        <p class="note">{t("brief-no-months")}</p>
      </Section>
    );
  return (
    <Section id="months" title={t("place-months")} wide>
      <MonthChart months={months} name={page.name} titles={page.answer.sources} />
    </Section>
  );
}

function MonthChart({ months, name, titles }: { months: Months; name: string; titles: SourceNote[] }) {
  const [all, setAll] = useState(false);
  const length = Math.max(...months.series.map((series) => series.values.length));
  const count = all ? length : Math.min(60, length);
  const from = lastMonths(months.from, months.series[0]!.values, count).from;
  const series = months.series.map((one) => ({
    id: one.id,
    violence: one.violence,
    colour: COLOURS[one.violence] ?? "var(--series-1)",
    values: one.values.slice(-count),
  }));
  const rows = Array.from({ length: count }, (_, at) => ({ month: monthAfter(from, at), values: series.map((one) => one.values[at] ?? null) }));
  return (
    <>
      <div class="controls">
        <button type="button" aria-pressed={!all} onClick={() => setAll(false)}>
          {t("place-months-five")}
        </button>
        <button type="button" aria-pressed={all} onClick={() => setAll(true)}>
          {t("place-months-all", { year: months.from.slice(0, 4) })}
        </button>
      </div>
      <MonthBars from={from} series={series} label={monthsLabel(rows, name)} />
      <ul class="chart-keys">
        {series.length > 1 &&
          series.map((one) => (
            <li key={one.id}>
              <i class="swatch" style={{ background: one.colour }} />
              {violenceName(one.violence)}
            </li>
          ))}
        {series.length === 1 && <li>{t("place-months-together")}</li>}
        <li>
          <i class="swatch unknown-swatch hatched" />
          {t("place-months-unknown")}
        </li>
      </ul>
      <AsTable>
        {() => (
          <Table
            caption={t("place-months")}
            hideCaption
            label="month"
            rowKey={(row) => row.month}
            rows={[...rows].reverse()}
            columns={[
              { id: "month", title: t("place-month"), cell: (row) => month(row.month), sort: (row) => row.month },
              ...series.map((one, at) => ({
                id: one.id,
                title: violenceName(one.violence),
                numeric: true,
                cell: (row: (typeof rows)[number]) => number(row.values[at]),
                sort: (row: (typeof rows)[number]) => row.values[at] ?? null,
              })),
            ]}
          />
        )}
      </AsTable>
      <From of={[{ id: months.source, as_of: months.as_of }]} titles={titles}>
        {months.note && <Told text={months.note} />}
      </From>
    </>
  );
}

/** What the bars say in one sentence: the last month, and the worst. */
export function monthsLabel(rows: { month: string; values: (number | null)[] }[], name: string): string {
  const sums = rows
    .filter((row) => row.values.some((value) => value !== null))
    .map((row) => ({ month: row.month, sum: row.values.reduce<number>((sum, value) => sum + (value ?? 0), 0) }));
  const last = sums.at(-1);
  if (!last) return t("place-months-label-none", { name });
  const worst = sums.reduce((a, b) => (b.sum > a.sum ? b : a));
  return t("place-months-label", {
    name,
    last: month(last.month),
    lastCount: number(last.sum),
    worst: month(worst.month),
    worstCount: number(worst.sum),
  });
}

const WHO_COLOURS: Record<string, string> = {
  killed_by_own_government: "var(--series-1)",
  killed_by_any_government: "var(--series-1)",
  killed_by_other_government: "var(--series-2)",
  killed_by_non_state: "var(--series-3)",
  killed_by_unknown: "var(--series-4)",
  killed_civilians_not_attributed: "var(--series-5)",
};

/** The civilians killed by who killed them, as far as the source says so. */
export function WhoDidIt({ page }: { page: Page }) {
  const figures = figuresOf(page.answer);
  const measures = [...perpetrators(figures), "killed_civilians_not_attributed"].filter((measure) => known(figures(measure)));
  const sum = measures.reduce((total, measure) => total + (figures(measure)?.value ?? 0), 0);
  if (sum === 0) return null;
  const parts: StackPart[] = measures.map((measure) => ({
    id: measure,
    title: t(`who-${measure}`),
    value: figures(measure)!.value!,
    said: whoSaid(figures(measure)!, figures("killed_civilians")),
    colour: WHO_COLOURS[measure]!,
    open: () => openSource(page, measure),
  }));
  const source = figures("killed_one_sided");
  return (
    <Section id="who" title={t("place-who")}>
      <StackBar parts={parts} label={t("place-who-label", { parts: parts.map((part) => `${part.title} ${part.said}`).join(", ") })} />
      <p class="note">{t("place-who-note")}</p>
      {source?.source && <From of={[{ id: source.source, as_of: source.as_of }]} titles={page.answer.sources} />}
    </Section>
  );
}

// Of those not attributed the share in the civilians killed is told, as in the headline; the parts of one-sided violence
// count some whose status is not known, so that shares of the bar would be others.
function whoSaid(figure: ShownFigure, civilians: ShownFigure | undefined): string {
  const said = figureWords(figure);
  if (figure.measure !== "killed_civilians_not_attributed" || !civilians?.value || !figure.value) return said;
  return t("who-share", { count: said, share: percent(figure.value / civilians.value, 0) });
}
