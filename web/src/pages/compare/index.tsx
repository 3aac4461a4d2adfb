import type { Measure, Measures, PlaceAnswer, SourceNote } from "../../api/types";
import { useApi } from "../../api/client";
import { Download } from "../../parts/Download";
import { Heading } from "../../parts/Heading";
import { Picker, usePlaces } from "../../parts/Picker";
import { Sources } from "../../parts/SourcePanel";
import { Empty, Failed, Loading } from "../../parts/States";
import { setQuery, useQuery } from "../../router";
import { measureGroup, measureName, measureTitle, placeName, t } from "../../words";
import { Multiples } from "./Multiples";
import { useCompared } from "./series";
import "./compare.css";

const MOST_PLACES = 8;
const MOST_MEASURES = 6;

export default function ComparePage() {
  const [placeList] = useQuery("places");
  const [measureList] = useQuery("measures", "killed,displaced_in_country");
  const [per] = useQuery("per");
  const [scale] = useQuery("scale");
  const chosen = split(placeList, MOST_PLACES);
  const shown = split(measureList, MOST_MEASURES);
  const measures = useApi<Measures>("/api/v1/measures");
  const compared = useCompared(chosen, shown, per === "100k");
  const all = measures.data?.measures ?? [];
  const wanted = shown.flatMap((id) => all.find((one) => one.id === id) ?? []);
  return (
    <>
      <Heading title={t("compare-title")} />
      <p class="lead">{t("compare-lead")}</p>
      {measures.state === "error" && <Failed error={measures.error} retry={measures.retry} />}
      <ChosenPlaces chosen={chosen} />
      <ChosenMeasures all={all} offered={compared.offered} shown={shown} />
      <Options byRate={per === "100k"} free={scale === "free"} />
      {compared.failed.map((one) => (
        <p key={one.path} class="failed">
          {t("compare-failed", { place: decodeURIComponent(one.path.split("/").at(-1) ?? "") })}
        </p>
      ))}
      {chosen.length === 0 && <Empty>{t("compare-empty")}</Empty>}
      {chosen.length > 0 && compared.loading && compared.series.length === 0 && <Loading lines={8} />}
      {compared.answers.length > 0 &&
        wanted.map((measure) => (
          <Multiples key={measure.id} measure={measure} places={compared.answers} series={compared.series.filter((one) => one.measure === measure.id)} byRate={per === "100k"} free={scale === "free"} loading={compared.loading} />
        ))}
      {compared.answers.length > 0 && wanted.length > 0 && (
        <>
          <Download path="/api/v1/figures" query={`place=${chosen.map(encodeURIComponent).join(",")}&measure=${shown.join(",")}&period=${compared.span}`} sources={sourcesOf(compared.answers, wanted)} title={t("compare-title")} />
          <Sources sources={sourcesOf(compared.answers, wanted)} heading="h2" />
        </>
      )}
    </>
  );
}

function split(list: string, most: number): string[] {
  return [...new Set(list.split(",").filter(Boolean))].slice(0, most);
}

/** The sources of the measures; a sum does not name its own, and then all are told. */
function sourcesOf(answers: PlaceAnswer[], measures: Measure[]): SourceNote[] {
  const wanted = new Set(measures.flatMap((measure) => measure.sources));
  const unnamed = measures.some((measure) => measure.sources.length === 0);
  const all = new Map(answers.flatMap((answer) => answer.sources).map((source) => [source.id, source]));
  return [...all.values()].filter((source) => unnamed || wanted.has(source.id));
}

function setPlaces(places: string[]) {
  setQuery({ places: places.join(",") });
}

function ChosenPlaces({ chosen }: { chosen: string[] }) {
  const places = usePlaces();
  const full = chosen.length >= MOST_PLACES;
  return (
    <div class="chosen" role="group" aria-label={t("compare-places")}>
      {chosen.map((code) => {
        const place = places.get(code);
        const name = place ? placeName(place) : code;
        return (
          <button key={code} type="button" class="chip" aria-label={t("compare-remove", { name })} onClick={() => setPlaces(chosen.filter((one) => one !== code))}>
            {name} <span aria-hidden="true">✕</span>
          </button>
        );
      })}
      {full ? <span class="note">{t("compare-full", { most: String(MOST_PLACES) })}</span> : <Picker label={t("compare-add-place")} without={chosen} onPick={(place) => setPlaces([...chosen, place])} />}
    </div>
  );
}

function ChosenMeasures({ all, offered, shown }: { all: Measure[]; offered: string[]; shown: string[] }) {
  const set = (next: string[]) => setQuery({ measures: next.join(",") || "none" });
  const open = all.filter((one) => offered.includes(one.id) && !shown.includes(one.id));
  const groups = [...new Set(open.map((one) => one.group))];
  const named = shown.flatMap((id) => all.find((one) => one.id === id) ?? []);
  return (
    <div class="chosen" role="group" aria-label={t("compare-measures")}>
      {named.map((one) => (
        <button key={one.id} type="button" class="chip" aria-label={t("compare-remove", { name: measureName(one) })} onClick={() => set(shown.filter((id) => id !== one.id))}>
          {measureName(one)} <span aria-hidden="true">✕</span>
        </button>
      ))}
      {named.length < MOST_MEASURES && open.length > 0 && (
        <select aria-label={t("compare-add-measure")} value="" onChange={(event) => event.currentTarget.value && set([...named.map((one) => one.id), event.currentTarget.value])}>
          <option value="">{t("compare-add-measure")}</option>
          {groups.map((group) => (
            <optgroup key={group} label={measureGroup(group)}>
              {open
                .filter((one) => one.group === group)
                .map((one) => (
                  <option key={one.id} value={one.id}>
                    {measureTitle(one)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      )}
    </div>
  );
}

function Options({ byRate, free }: { byRate: boolean; free: boolean }) {
  return (
    <div class="controls">
      <label class="tick">
        <input type="checkbox" checked={byRate} onChange={() => setQuery({ per: byRate ? null : "100k" })} />
        {t("per-100k")}
      </label>
      <label class="tick">
        <input type="checkbox" checked={!free} onChange={() => setQuery({ scale: free ? null : "free" })} />
        {t("compare-same-scale")}
      </label>
    </div>
  );
}
