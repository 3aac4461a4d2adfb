import type { Coverage, Shown, ShownFigure } from "../api/types";
import { period, shownRange, shownRate, shownValue } from "../format";
import { measureUnit, t } from "../words";
import { showSource } from "./SourcePanel";

/** A value with its interval, unit and marks. A click or Enter opens the rows behind it. */
export function Figure({ figure, title, rate = false, unit = true }: { figure: ShownFigure; title: string; rate?: boolean; unit?: boolean }) {
  // "None recorded" is no zero: the source looked, and recorded nothing that its rules admit.
  const none = figure.coverage === "none recorded";
  const range = none ? "" : shownRange(figure.shown);
  if (figure.value === null) return <span class="figure-none">{figureWords(figure)}</span>;
  const about = { place: figure.place, placeName: figure.place_name, measure: figure.measure, title, period: figure.period };
  return (
    <button type="button" class="figure" aria-label={spokenLabel(figure, title)} onClick={() => showSource(about)}>
      <span class="figure-value">{figureWords(figure)}</span>
      {unit && !none && <span class="figure-unit"> {measureUnit(figure.unit)}</span>}
      {range && <span class="figure-range"> {range}</span>}
      {rate && !none && figure.shown.rate !== null && (
        <span class="figure-rate">
          {" "}
          {shownRate(figure.shown)} {t("per-100k")}
        </span>
      )}
      {figure.shown.mark && figure.data_period && <span class="figure-of"> {t("of-period", { period: period(figure.data_period) })}</span>}
    </button>
  );
}

/** The value in words: also where there is none. */
export function figureWords(figure: ShownFigure): string {
  if (figure.value === null || figure.coverage === "none recorded") return t(`coverage-${figure.coverage.replaceAll(" ", "-")}`);
  return shownValue(figure.shown);
}

/** A year of a history in words: none recorded is no zero. */
export function yearWords(coverage: Coverage | null, sign: Shown["sign"], said: string): string {
  return coverage === "none recorded" ? t("coverage-none-recorded") : sign + said;
}

function spokenLabel(figure: ShownFigure, title: string): string {
  const range = figure.coverage === "none recorded" ? "" : shownRange(figure.shown);
  const parts = [`${title}${t("colon")} ${figureWords(figure)} ${measureUnit(figure.unit)}`, range && t("interval", { range }), t("figure-open")];
  return parts.filter(Boolean).join("; ");
}
