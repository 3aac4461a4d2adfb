import type { ShownFigure } from "../../api/types";
import { AsTable } from "../../charts/AsTable";
import { RangeBars, type RangeRow } from "../../charts/RangeBars";
import { StackBar } from "../../charts/StackBar";
import { number, percent, shownRange, shownValue } from "../../format";
import { Figure } from "../../parts/Figure";
import { Table } from "../../parts/Table";
import { href } from "../../router";
import { t } from "../../words";
import { nameOf, openSource, type Page } from "./about";
import { figuresOf, known } from "./headline";
import { Section } from "./Section";

const BOUNDS = ["facing_fear", "facing_want", "facing_at_least_one_threat"];

/** The shares of the people under each core threat, and the bounds of those under at least one of them. */
export function threatRows(page: Page): RangeRow[] {
  const figures = figuresOf(page.answer);
  return [...page.core.fear, ...page.core.want, ...BOUNDS].map((measure) => threatRow(nameOf(page, measure), measure, figures(measure)));
}

function threatRow(title: string, id: string, figure: ShownFigure | undefined): RangeRow {
  const strong = BOUNDS.includes(id);
  if (!known(figure) || figure.per_100k === null) {
    const said =
      figure?.coverage === "stale" ? t("threat-too-old", { value: shownValue(figure.shown), period: figure.data_period ?? "" }) : t("threat-unknown");
    return { id, title, low: null, high: null, said, strong };
  }
  const share = (people: number) => Math.min(1, ((people / figure.value) * figure.per_100k!) / 100_000);
  const low = figure.value === 0 ? 0 : share(figure.low ?? figure.value);
  const high = open(figure, strong) ? null : figure.value === 0 ? 0 : share(figure.high ?? figure.value);
  return { id, title, low, high, said: saidShares(figure, low, high), strong };
}

// A bound without its upper end, and a sum of which a part is missing, may be anything up to everybody.
function open(figure: ShownFigure, bound: boolean): boolean {
  return bound ? figure.high === null : figure.shown.sign === "≥ " || figure.coverage === "incomplete";
}

function saidShares(figure: ShownFigure, low: number, high: number | null): string {
  if (high === null) return t("threat-at-least", { share: short(low), people: shownValue(figure.shown) });
  if (high > low) return t("threat-between", { low: short(low), high: short(high), people: shownRange(figure.shown) });
  return t("threat-share", { share: short(low), people: shownValue({ ...figure.shown, sign: "" }) });
}

function short(share: number): string {
  return percent(share, share > 0 && share < 0.001 ? 2 : 1);
}

export function Threats({ page }: { page: Page }) {
  const rows = threatRows(page).map((row) => ({ ...row, open: row.low === null ? undefined : () => openSource(page, row.id) }));
  const figures = figuresOf(page.answer);
  return (
    <Section id="threats" title={t("place-threats")}>
      <RangeBars rows={rows} label={t("place-threats")} />
      <ul class="chart-keys">
        <li>
          <i class="swatch" style={{ background: "var(--series-3)" }} />
          {t("threat-key-certain")}
        </li>
        <li>
          <i class="swatch unknown-swatch hatched" />
          {t("threat-key-unknown")}
        </li>
      </ul>
      <p class="note">
        {t("place-threats-note")} <a href={href("/methods/people")}>{t("place-method")}</a>
      </p>
      <AsTable>
        {() => (
          <Table
            caption={t("place-threats")}
            hideCaption
            label="threat"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { id: "threat", title: t("place-threat"), cell: (row) => row.title },
              { id: "share", title: t("place-share"), numeric: true, cell: (row) => row.said },
              {
                id: "figure",
                title: t("place-value"),
                numeric: true,
                cell: (row) => {
                  const figure = figures(row.id);
                  return figure ? <Figure figure={figure} title={row.title} /> : t("threat-unknown");
                },
              },
            ]}
          />
        )}
      </AsTable>
    </Section>
  );
}

/** The years of a life free from the core threats and under them: crude bounds. */
export function Years({ page }: { page: Page }) {
  const figures = figuresOf(page.answer);
  const [free, under, all] = ["secure_life_expectancy", "insecure_years", "life_expectancy"].map(figures);
  if (!known(free) || !known(under) || !known(all)) return null;
  const parts = [
    {
      id: "free",
      title: t("years-free"),
      value: free.value,
      said: years(free),
      colour: "var(--series-3)",
      open: () => openSource(page, free.measure),
    },
    {
      id: "under",
      title: t("years-under"),
      value: under.value,
      said: years(under),
      colour: "var(--series-1)",
      open: () => openSource(page, under.measure),
    },
  ];
  return (
    <Section id="years" title={t("place-years")}>
      <StackBar parts={parts} label={parts.map((part) => `${part.title} ${part.said}`).join("; ")} />
      <p>
        {nameOf(page, "life_expectancy")}
        {t("colon")} <Figure figure={all} title={nameOf(page, "life_expectancy")} />
      </p>
      <p class="note">
        {t("place-years-note")} <a href={href("/methods/secure_life")}>{t("place-method")}</a>
      </p>
    </Section>
  );
}

function years(figure: ShownFigure): string {
  return `${figure.shown.sign}${number(figure.shown.value, figure.shown.decimals)}${figure.shown.mark}`;
}
