import type { Measure, SourceNote, World } from "../../api/types";
import { scaleOf } from "../../parts/colours";
import { Legend } from "../../parts/Legend";
import { href } from "../../router";
import { language, measureDefinition, measureUnit, t } from "../../words";
import { type Doubt, FORECAST, type Row } from "./rows";

interface Props {
  world: World;
  show: string;
  measure: Measure | undefined;
  of: number[];
  byRate: boolean;
  shared: Doubt;
  title: string;
  rows: Row[];
}

/** The legend, and what is counted, of when and from whom. */
export function Explained({ world, show, measure, of, byRate, shared, title, rows }: Props) {
  const unit = show === FORECAST ? t("world-forecast-unit") : measureUnit(measure?.unit ?? "");
  const translatedHere = language() !== "en" && measure && measureDefinition(measure) !== measure.definition;
  return (
    <>
      <Legend
        scale={scaleOf(measure)}
        of={of}
        title={title}
        unit={byRate ? `${unit}, ${t("per-100k")}` : unit}
        least={leastOf(rows, of)}
        hatched={rows.some((row) => row.doubt !== "" && row.doubt !== shared)}
        none={noneText(rows, show)}
        reverse={measure?.worst === "lowest"}
      />
      {shared && <p class="note">{t(show === FORECAST ? "world-forecast-wide" : `world-all-${shared}`)}</p>}
      <p class="note">
        {show === FORECAST ? (
          t("world-forecast-definition")
        ) : (
          <span lang={translatedHere || language() === "en" ? undefined : "en"}>{measure && measureDefinition(measure)}</span>
        )}{" "}
        {measure?.none_recorded && <NoneRecorded text={measure.none_recorded} />} {measure && t("world-counted", { unit, period: world.period, source: publishers(usedSources(world, show)) })}{" "}
        <a href={href(`/methods/${show === FORECAST ? "forecasts" : "people"}`)}>{t("world-method")}</a>
      </p>
    </>
  );
}

function NoneRecorded({ text }: { text: string }) {
  return <span lang="en">“{text}”.</span>;
}

/** The sources of the values that are shown. */
export function usedSources(world: World, show: string): SourceNote[] {
  if (show === FORECAST) return world.forecast?.sources ?? [];
  const used = new Set((world.measures[show]?.source ?? []).flatMap((joined) => joined.split(" + ")));
  return world.sources.filter((source) => used.has(source.id));
}

/** The title of a source begins with its publisher. */
export function publishers(sources: SourceNote[]): string {
  const all = [...new Set(sources.map((source) => source.title.split(": ")[0]))];
  return all.length > 0 && all.length <= 3 ? all.join("; ") : t("world-source-panel");
}

/** What the pale tone stands for, where any place has it. */
function noneText(rows: Row[], show: string): string | undefined {
  if (show === FORECAST) return t("world-forecast-zero");
  const recorded = rows.some((row) => row.kind === "none recorded");
  const zero = rows.some((row) => row.kind === "value" && row.by === 0);
  if (recorded) return t(zero ? "world-none-or-zero" : "legend-none-recorded");
  return zero ? t("world-zero") : undefined;
}

/** What the first colour begins at, where that is above zero and worth saying. */
function leastOf(rows: Row[], of: number[]): number | undefined {
  const values = rows.filter((row) => row.kind === "value" && row.by !== null).map((row) => row.by!);
  const least = Math.min(...values);
  return Number.isInteger(least) && least > 0 && least < of[0]! ? least : undefined;
}
