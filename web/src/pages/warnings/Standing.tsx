import { useApi } from "../../api/client";
import type { ListedPlace, Place, Warned, Warnings } from "../../api/types";
import { percent } from "../../format";
import { usePlaces } from "../../parts/Picker";
import { Empty } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { href, useQuery } from "../../router";
import { placeName, t } from "../../words";
import { Reasons } from "../ladder/Warned";
import type { Row } from "../world/rows";
import { type Borders, WorldMap } from "../world/WorldMap";

const KINDS = ["warning", "observed-breach"] as const;
/** Of the map's six classes, the second and the fifth: far apart also without their hues. */
const CLASSES = [1, 2, 3, 4, 5];
const STRENGTH = { warning: 4, "observed-breach": 1 };

/** The places where a trigger stands: on the map, and as a list with the reasons. */
export function Standing({ warnings }: { warnings: Warnings }) {
  const places = usePlaces();
  const borders = useApi<Borders>("/borders/world.json");
  const [kind, setKind] = useQuery("kind");
  const [trigger, setTrigger] = useQuery("trigger");
  const shown = warnings.list.filter((one) => (!kind || one.kind === kind) && (!trigger || one.trigger === trigger));
  const columns = columnsOf(places);
  return (
    <section id="standing">
      <h2>{t("warnings-standing")}</h2>
      <div class="controls">
        <label class="field">
          {t("warnings-kind")}
          <select value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            <option value="">{t("ladder-filter-all")}</option>
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`warned-${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          {t("warnings-trigger")}
          <select value={trigger} onChange={(event) => setTrigger(event.currentTarget.value)}>
            <option value="">{t("ladder-filter-all")}</option>
            {warnings.triggers.map((one) => (
              <option key={one.id} value={one.id} lang="en">
                {one.title}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="warnings-map">
        <WorldMap borders={borders} rows={mapRows(shown, places)} of={CLASSES} measure={undefined} show="warnings" byRate={false} shared="" period="" title={t("warnings-standing")} sourceOf={() => ""} to={(place) => href(`/ladder/${place}`)} />
        <Keys />
      </div>
      {shown.length === 0 ? (
        <Empty>{t(warnings.list.length ? "warnings-none-shown" : "warnings-none")}</Empty>
      ) : (
        <Table caption={t("warnings-caption", { shown: shown.length, all: warnings.list.length })} label="place" columns={columns} rows={shown} rowKey={(row) => row.place + row.trigger} />
      )}
    </section>
  );
}

function columnsOf(places: Map<string, Place>): Column<Warned>[] {
  const name = (row: Warned) => placeName(places.get(row.place) ?? row);
  return [
    { id: "place", title: t("nav-place"), cell: (row) => <a href={href(`/ladder/${row.place}`)}>{name(row)}</a>, sort: name },
    { id: "kind", title: t("warnings-kind"), cell: (row) => <Kind kind={row.kind} />, sort: (row) => row.kind },
    {
      id: "why",
      title: t("warnings-why"),
      cell: (row) => (
        <div class="warned-why">
          <b lang="en">{row.title}</b>
          <Reasons reasons={row.reasons} />
        </div>
      ),
    },
    { id: "chance", title: t("warnings-chance"), numeric: true, cell: (row) => percent(row.chance), sort: (row) => row.chance },
    { id: "window", title: t("ladder-window"), cell: (row) => (row.window ? <span lang="en">{row.window.told}</span> : "–"), sort: (row) => row.window?.to ?? null },
    { id: "recorded", title: t("warnings-recorded"), cell: recorded },
  ];
}

/** A warning that stands in no record cannot be said to be unanswered. */
function recorded(row: Warned) {
  if (row.recorded === null) return t("warnings-not-recorded");
  return (
    <>
      <a href={`${href(`/ladder/${row.place}`)}#record-${row.recorded}`}>{t("log-number", { number: String(row.recorded) })}</a>, {t(row.answered ? "warnings-answered" : "warnings-unanswered")}
    </>
  );
}

function Kind({ kind }: { kind: Warned["kind"] }) {
  return (
    <span class="warned-kind">
      <i class={`kind-mark ${kind}`} aria-hidden="true" />
      {t(`warned-${kind}`)}
    </span>
  );
}

function Keys() {
  return (
    <ul class="legend-keys warnings-keys">
      {KINDS.map((kind) => (
        <li key={kind}>
          <i class={`kind-mark ${kind}`} />
          {t(`warned-${kind}`)}
        </li>
      ))}
      <li>
        <i class="kind-mark nothing" />
        {t("warnings-map-nothing")}
      </li>
      <li>
        <i class="kind-mark unknown" />
        {t("legend-no-data")}
      </li>
    </ul>
  );
}

/** One row a place, as the map of the world wants them. A warning is full, an observed breach alone is hatched; elsewhere none is known to stand. */
export function mapRows(list: Warned[], places: Map<string, ListedPlace>): Row[] {
  const byPlace = new Map<string, Warned[]>();
  for (const one of list) byPlace.set(one.place, [...(byPlace.get(one.place) ?? []), one]);
  const blank = { coverage: "covered" as const, low: null, high: null, range: "", rate: "", chance: null, sources: [] };
  const rows = [...byPlace].map(([place, all]): Row => {
    const strongest = all.some((one) => one.kind === "warning") ? "warning" : "observed-breach";
    const known = places.get(place);
    const text = all.map((one) => `${t(`warned-${one.kind}`)}${t("colon")} ${one.title}${one.chance === null ? "" : ` (${percent(one.chance)})`}`).join("; ");
    return { ...blank, place, name: placeName(known ?? all[0]!), parts: known?.parts ?? [], kind: "value", why: "", doubt: strongest === "warning" ? "" : "least", by: STRENGTH[strongest], text };
  });
  // What is counted together is told together: its parts have no row of their own.
  const told = new Set(rows.flatMap((row) => [row.place, ...row.parts]));
  const others = [...places.values()].filter((one) => one.figures && one.kind === "country" && !told.has(one.place));
  return [...rows, ...others.map((one): Row => ({ ...blank, place: one.place, name: placeName(one), parts: [], kind: "none recorded", why: t("warnings-map-nothing"), doubt: "", by: null, text: "" }))];
}
