import type { History, ShownFigure } from "../../api/types";
import { Spark } from "../../charts/Spark";
import { byYear } from "../../charts/years";
import { number, period, shownRange, shownRate } from "../../format";
import { Figure, yearWords } from "../../parts/Figure";
import { Told } from "../../parts/Told";
import { href } from "../../router";
import { measureGroup, t } from "../../words";
import { nameOf, type Page, sourceTitle, titleOf } from "./about";
import { figuresOf } from "./headline";

const KEY = [
  "killed",
  "killed_civilians",
  "homicides",
  "aid_workers_killed",
  "displaced_in_country",
  "displaced_abroad",
  "facing_at_least_one_threat",
  "secure_life_expectancy",
];

export function KeyFigures({ page }: { page: Page }) {
  const figures = figuresOf(page.answer);
  return (
    <dl class="key-figures">
      {KEY.map((measure) => {
        const figure = figures(measure);
        return figure && <KeyFigure key={measure} page={page} figure={figure} />;
      })}
    </dl>
  );
}

function KeyFigure({ page, figure }: { page: Page; figure: ShownFigure }) {
  const name = nameOf(page, figure.measure);
  const course = page.answer.history[figure.measure];
  return (
    <div class="key-figure">
      <dt>{name}</dt>
      <dd>
        <Figure figure={figure} title={name} rate />
        {course && course.periods.length > 1 && <Spark values={byYear(course.periods, course.value)} label={courseLabel(name, course)} />}
      </dd>
    </div>
  );
}

function courseLabel(measure: string, { periods, coverage, sign, rounded, decimals }: History): string {
  const last = periods.length - 1;
  const value = yearWords(coverage[last]!, sign[last]!, number(rounded[last], decimals));
  return t("place-course", { measure, from: periods[0]!, to: periods[last]!, last: value });
}

/** Every figure of the place in the order of the measures, as the command line shows them. */
export function AllFigures({ page }: { page: Page }) {
  const groups = new Map<string, ShownFigure[]>();
  for (const figure of page.answer.figures) {
    const group = page.measures.get(figure.measure)?.group ?? "";
    groups.set(group, [...(groups.get(group) ?? []), figure]);
  }
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={t("place-all-figures")}>
      <table class="all-figures">
        <thead>
          <tr>
            <th scope="col">{t("place-measure")}</th>
            <th scope="col" class="number">
              {t("place-value")}
            </th>
            <th scope="col" class="number">
              {t("place-interval")}
            </th>
            <th scope="col" class="number">
              {t("per-100k")}
            </th>
            <th scope="col">{t("place-source-head")}</th>
          </tr>
        </thead>
        {[...groups].map(([group, figures]) => (
          <tbody key={group}>
            <tr>
              <th scope="rowgroup" colSpan={5} class="group">
                {measureGroup(group)}
              </th>
            </tr>
            {figures.map((figure) => (
              <Row key={figure.measure} page={page} figure={figure} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Row({ page, figure }: { page: Page; figure: ShownFigure }) {
  const title = titleOf(page, figure.measure);
  const told = figure.value !== null && figure.coverage !== "none recorded";
  const range = told ? shownRange(figure.shown) : "";
  const bare = { ...figure, shown: { ...figure.shown, low: null, high: null } };
  return (
    <tr>
      <th scope="row">
        {title}
        {figure.note && (
          <small>
            <Told text={figure.note} />
          </small>
        )}
      </th>
      <td class="number">
        <Figure figure={bare} title={nameOf(page, figure.measure)} unit={figure.unit !== "people"} />
      </td>
      <td class="number">
        {range}
        {range && (
          <small>
            <Told text={figure.interval_kind} />
          </small>
        )}
      </td>
      <td class="number">{told && figure.shown.rate !== null && shownRate(figure.shown)}</td>
      <td>
        {figure.source
          .split(" + ")
          .filter(Boolean)
          .map((source) => (
            <a key={source} href={href(`/data/${source}`)} title={sourceTitle(page, source)}>
              {source}{" "}
            </a>
          ))}
        {figure.as_of && <small>{period(figure.as_of)}</small>}
      </td>
    </tr>
  );
}
