import { useEffect, useMemo, useState } from "preact/hooks";
import { useApi } from "../../api/client";
import type { Measure, Measures, Status, World } from "../../api/types";
import { limits } from "../../parts/colours";
import { Download } from "../../parts/Download";
import { Heading } from "../../parts/Heading";
import { usePlaces } from "../../parts/Picker";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Empty, Failed, Loading } from "../../parts/States";
import { href, useQuery } from "../../router";
import { month } from "../../format";
import { measureName, t } from "../../words";
import { Controls } from "./Controls";
import { Explained, publishers, usedSources } from "./Explained";
import { Ranking } from "./Ranking";
import { FORECAST, isRanked, table } from "./rows";
import { Total } from "./Total";
import { WorldMap } from "./WorldMap";
import "./world.css";

export default function WorldPage() {
  const status = useApi<Status>("/api/v1/status");
  const measures = useApi<Measures>("/api/v1/measures");
  const [asked, setPeriod] = useQuery("period");
  const [show] = useQuery("show", "killed");
  const period = asked || status.data?.latest || "";
  const settled = useSettled(period);
  const world = useApi<World>(settled ? `/api/v1/world?period=${settled}` : null);

  const failed = [status, measures, world].find((one) => one.state === "error");
  const ready = status.data && measures.data && world.data;
  return (
    <>
      <Heading title={show === FORECAST ? t("world-title-forecast", forecastSpan(world.data)) : period ? t("world-title", { period }) : t("nav-world")} />
      {failed && <Failed error={failed.error} retry={failed.retry} />}
      {!ready && !failed && <Loading lines={8} />}
      {ready && <Picture world={world.data!} measures={measures.data!.measures} periods={status.data!.periods} period={period} setPeriod={setPeriod} busy={world.state === "loading"} />}
    </>
  );
}

function forecastSpan(world: World | null): { from: string; to: string } {
  const { from, to } = world?.forecast ?? { from: "", to: "" };
  return { from: from && month(from), to: to && month(to) };
}

/** A slider passes many years; only the one where it rests is asked for. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settled === "" ? 0 : 180);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

interface PictureProps {
  world: World;
  measures: Measure[];
  periods: string[];
  period: string;
  setPeriod: (period: string) => void;
  busy: boolean;
}

function Picture({ world, measures, periods, period, setPeriod, busy }: PictureProps) {
  const [show] = useQuery("show", "killed");
  const [per] = useQuery("per");
  const places = usePlaces();
  const measure = measures.find((one) => one.id === show);
  const hasRate = show === FORECAST || (world.measures[show]?.per_100k ?? []).some((rate) => rate !== null);
  const byRate = per === "100k" && hasRate;
  // Without the language among the inputs the names would stay in the language before.
  const all = table(world, show, byRate, places);
  const of = useMemo(() => limitsOf(all.rows.map((row) => row.by), measure), [world, show, byRate]);
  const title = show === FORECAST ? t("world-forecast") : measure ? measureName(measure) : show;
  const known = show === FORECAST ? world.forecast !== null : world.measures[show] !== undefined;
  return (
    <>
      <Controls measures={measures} offered={offered(world)} hasForecast={world.forecast !== null} hasRate={hasRate} />
      <Total row={all.world} title={title} show={show} period={world.period} forecast={world.forecast} />
      {!known && <Empty>{t(show === FORECAST ? "world-no-forecast" : "world-no-measure")}</Empty>}
      {known && (
        <div class={busy ? "world busy" : "world"} aria-busy={busy}>
          <div class="world-map-side">
            <WorldMap rows={all.rows} of={of} measure={measure} show={show} byRate={byRate} shared={all.shared} period={world.period} title={title} sourceOf={(ids) => publishers(usedSources(world, show).filter((source) => ids.includes(source.id)))} />
            {show === FORECAST ? <ForecastSpan world={world} /> : <Years periods={periods} period={period} setPeriod={setPeriod} />}
            <Explained world={world} show={show} measure={measure} of={of} byRate={byRate} shared={all.shared} title={title} rows={all.rows} />
          </div>
          <Ranking rows={all.rows} measure={measure} show={show} byRate={byRate} title={title} period={world.period} ranked={show === FORECAST || isRanked(measure)} shared={all.shared} />
        </div>
      )}
      {show !== FORECAST && <Foot world={world} show={show} title={`${title}, ${world.period}`} />}
    </>
  );
}

/** Measures of which any place has a value in this period. */
function offered(world: World): string[] {
  return Object.keys(world.measures).filter((id) => world.measures[id]!.value.some((value) => value !== null));
}

/** The forecast has its own page, with its sources and its files. */
function Foot({ world, show, title }: { world: World; show: string; title: string }) {
  const sources = usedSources(world, show);
  return (
    <>
      <Download path="/api/v1/figures" query={`period=${world.period}&measure=${show}`} sources={sources} title={title} />
      <Notes notes={world.notes} />
      <Sources sources={sources} heading="h2" />
    </>
  );
}

function limitsOf(values: (number | null)[], measure: Measure | undefined): number[] {
  const counted = measure === undefined || measure.unit === "people" || measure.unit === "movements";
  return limits(
    values.filter((value) => value !== null),
    !counted,
  );
}

function Years({ periods, period, setPeriod }: { periods: string[]; period: string; setPeriod: (period: string) => void }) {
  const at = periods.indexOf(period);
  if (periods.length < 2) return null;
  const go = (to: number) => periods[to] && setPeriod(periods[to]);
  return (
    <div class="years">
      <button type="button" aria-label={t("world-year-before")} disabled={at <= 0} onClick={() => go(at - 1)}>
        ‹
      </button>
      <label>
        <span class="unseen">{t("world-year")}</span>
        <input type="range" min={0} max={periods.length - 1} value={at} aria-valuetext={period} onInput={(event) => go(Number(event.currentTarget.value))} />
      </label>
      <button type="button" aria-label={t("world-year-after")} disabled={at < 0 || at >= periods.length - 1} onClick={() => go(at + 1)}>
        ›
      </button>
      <output>{period}</output>
    </div>
  );
}

function ForecastSpan({ world }: { world: World }) {
  const { forecast } = world;
  if (!forecast) return null;
  const args = { from: month(forecast.from), to: month(forecast.to), origin: month(forecast.origin) };
  return (
    <p class="note">
      {t(forecast.replay ? "world-forecast-replay" : "world-forecast-span", args)} <a href={href("/forecasts")}>{t("world-forecast-more")}</a>
    </p>
  );
}
