import type { ShownFigure, SourceNote } from "../../api/types";
import { Fan } from "../../charts/Fan";
import { MonthBars } from "../../charts/MonthBars";
import { lastMonths } from "../../charts/months";
import { RangeBars } from "../../charts/RangeBars";
import { day, month, number, percent, period, range, shownRange, shownRate } from "../../format";
import { figureWords } from "../../parts/Figure";
import { language, t } from "../../words";
import { nameOf, type Page } from "./about";
import { FanKeys, spanOf } from "./Forecast";
import { figuresOf, headline, say } from "./headline";
import { threatRows } from "./Threats";

const FIGURES = [
  "killed",
  "killed_civilians",
  "killed_unknown",
  "homicides",
  "aid_workers_killed",
  "internal_displacements_conflict",
  "displaced_in_country",
  "displaced_abroad",
  "facing_at_least_one_threat",
  "secure_life_expectancy",
];
// In px, within the margins of A4: the two charts side by side, and what the words leave to the bars.
const LEFT = 300;
const RIGHT = 400;
const BARS = 230;

/** The place on one sheet of A4. It stands in the page at all times and is seen on paper only. */
export function Brief({ page }: { page: Page }) {
  const { answer } = page;
  const figures = figuresOf(answer);
  const shown = FIGURES.map(figures).filter((figure) => figure !== undefined);
  const sources = sourcesOf(page, shown);
  const numbers = new Map(sources.map((source, at) => [source.id, at + 1]));
  return (
    <article class="brief">
      <header>
        <p class="brief-title">
          {page.name}{" "}
          <span>
            {answer.place} · {period(answer.period)}
          </span>
        </p>
        <p>Lysoen · {t("brief-title")}</p>
      </header>
      {answer.replay && (
        <p class="brief-replay">
          <b>{t("replay-word")}</b> {t("replay-text", { day: day(answer.replay) })}
        </p>
      )}
      <ul class="brief-headline">
        {headline(answer).map((sentence) => (
          <li key={sentence.id}>{say(sentence, t, language())}</li>
        ))}
      </ul>
      <KeyTable page={page} figures={shown} numbers={numbers} />
      <div class="brief-two">
        <div>
          <Months page={page} numbers={numbers} />
        </div>
        <div>
          <Ahead page={page} numbers={numbers} />
        </div>
      </div>
      <p class="brief-head">{t("place-threats")}</p>
      <RangeBars rows={threatRows(page)} label="" width={BARS} height={8} />
      <p class="brief-head">{t("sources-title")}</p>
      <ol class="brief-sources">
        {sources.map((source) => (
          <li key={source.id}>
            {source.title}
            {source.as_of && `, ${source.as_of}`}, {source.licence}
          </li>
        ))}
      </ol>
      <p class="brief-foot">
        {t("disclaimer-people")} {t("disclaimer-borders")} {t("brief-advice")} {window.location.href}
      </p>
    </article>
  );
}

// Only the sources of what stands on the sheet, in the order of the answer.
function sourcesOf(page: Page, figures: ShownFigure[]): SourceNote[] {
  const { months, forecast, sources } = page.answer;
  const used = new Set(figures.flatMap((figure) => figure.source.split(" + ")));
  if (months) used.add(months.source);
  for (const source of forecast?.sources ?? []) used.add(source.id);
  const known = new Map([...sources, ...(forecast?.sources ?? [])].map((source) => [source.id, source]));
  return [...known.values()].filter((source) => used.has(source.id));
}

function KeyTable({ page, figures, numbers }: { page: Page; figures: ShownFigure[]; numbers: Map<string, number> }) {
  return (
    <table>
      <thead>
        <tr>
          {["place-measure", "place-value", "place-interval", "per-100k", "place-source-head"].map((head, at) => (
            <th key={head} class={at > 0 ? "number" : undefined}>
              {t(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {figures.map((figure) => (
          <tr key={figure.measure}>
            <td>{nameOf(page, figure.measure)}</td>
            <td class="number">
              {figureWords(figure)}
              {figure.shown.mark && ` (${figure.data_period})`}
            </td>
            <td class="number">{told(figure) && shownRange(figure.shown)}</td>
            <td class="number">{told(figure) && figure.shown.rate !== null && shownRate(figure.shown)}</td>
            <td class="number">{marks(figure.source.split(" + "), numbers)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function told(figure: ShownFigure): boolean {
  return figure.value !== null && figure.coverage !== "none recorded";
}

function marks(sources: string[], numbers: Map<string, number>): string {
  return sources
    .map((source) => numbers.get(source))
    .filter(Boolean)
    .map((at) => `[${at}]`)
    .join(" ");
}

function Months({ page, numbers }: { page: Page; numbers: Map<string, number> }) {
  const { months } = page.answer;
  if (!months || months.series.length === 0)
    return (
      <>
        <p class="brief-head">{t("place-months")}</p>
        <p>{t("brief-no-months")}</p>
      </>
    );
  const from = lastMonths(months.from, months.series[0]!.values, 60).from;
  const colours = ["var(--series-1)", "var(--series-3)", "var(--series-4)"];
  const series = months.series.map((one, at) => ({ id: one.id, colour: colours[at % 3]!, values: one.values.slice(-60) }));
  return (
    <>
      <p class="brief-head">
        {t("place-months")} {marks([months.source], numbers)}
      </p>
      <MonthBars from={from} series={series} label="" width={LEFT} height={180} />
      <p class="brief-note">{t("place-months-unknown-note")}</p>
    </>
  );
}

function Ahead({ page, numbers }: { page: Page; numbers: Map<string, number> }) {
  const { forecast } = page.answer;
  if (!forecast)
    return (
      <>
        <p class="brief-head">{t("place-forecast")}</p>
        <p>{t("brief-no-forecast")}</p>
      </>
    );
  const rows = [...forecast.months.slice(0, 1), ...forecast.totals];
  const kept = lastMonths(forecast.history.from, forecast.history.values, 36);
  return (
    <>
      <p class="brief-head">
        {t("place-forecast")} {forecast.replay && `(${t("brief-replay-of", { origin: month(forecast.origin, "short") })})`}{" "}
        {marks(
          forecast.sources.map((source) => source.id),
          numbers,
        )}
      </p>
      <Fan from={kept.from} history={kept.values} months={forecast.months} kind="log1p" label="" width={RIGHT} height={130} />
      <FanKeys />
      <table class="brief-chances">
        <thead>
          <tr>
            <th />
            <th class="number">{t("forecast-median")}</th>
            <th class="number">90 %</th>
            {[1, 25, 100, 1000].map((least) => (
              <th key={least} class="number">
                ≥ {number(least)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((ahead) => (
            <tr key={ahead.from + ahead.to}>
              <td>{spanOf(ahead)}</td>
              <td class="number">{number(ahead.median)}</td>
              <td class="number">{range(ahead.low_90, ahead.high_90)}</td>
              {([1, 25, 100, 1000] as const).map((least) => (
                <td key={least} class="number">
                  {percent(ahead[`p_${least}`])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
