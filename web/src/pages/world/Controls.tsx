import type { Measure } from "../../api/types";
import { setQuery, useQuery } from "../../router";
import { measureGroup, measureName, t } from "../../words";
import { FORECAST } from "./rows";

const FIRST = ["killed", "displaced_in_country", "facing_at_least_one_threat", FORECAST];

interface Props {
  measures: Measure[];
  offered: string[];
  hasForecast: boolean;
  hasRate: boolean;
}

/** What is shown, and whether in people or per 100,000 of them. */
export function Controls({ measures, offered, hasForecast, hasRate }: Props) {
  const [show, setShow] = useQuery("show", "killed");
  const [per, setPer] = useQuery("per");
  const push = { replace: false };
  return (
    <div class="controls world-controls">
      <div class="choice" role="group" aria-label={t("world-show")}>
        {FIRST.filter((id) => (id === FORECAST ? hasForecast : offered.includes(id))).map((id) => (
          <button key={id} type="button" aria-pressed={show === id} onClick={() => setShow(id, push)}>
            {t(`world-show-${id}`)}
          </button>
        ))}
        <MoreMeasures measures={measures.filter((one) => offered.includes(one.id) && !FIRST.includes(one.id))} show={show} />
      </div>
      <div class="choice" role="group" aria-label={t("world-unit")}>
        <button type="button" aria-pressed={per !== "100k" || !hasRate} onClick={() => setPer("")}>
          {t("world-in-number")}
        </button>
        <button type="button" aria-pressed={per === "100k" && hasRate} disabled={!hasRate} title={hasRate ? undefined : t("world-no-rate")} onClick={() => setPer("100k")}>
          {t("per-100k")}
        </button>
      </div>
    </div>
  );
}

function MoreMeasures({ measures, show }: { measures: Measure[]; show: string }) {
  const chosen = measures.some((one) => one.id === show);
  return (
    <select class={chosen ? "chosen" : undefined} aria-label={t("world-more")} value={chosen ? show : ""} onChange={(event) => event.currentTarget.value && setQuery({ show: event.currentTarget.value }, { replace: false })}>
      <option value="">{t("world-more")}</option>
      {grouped(measures).map(([label, members]) => (
        <optgroup key={label} label={label}>
          {members.map((one) => (
            <option key={one.id} value={one.id}>
              {measureName(one)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

/** By freedom from fear and from want, and within each by threat, in the order of the measures. */
function grouped(measures: Measure[]): [string, Measure[]][] {
  const groups = new Map<string, Measure[]>();
  for (const sort of ["fear", "want", "both", "neither"] as const) {
    for (const one of measures.filter((measure) => measure.sort === sort)) {
      const group = measureGroup(one.group);
      const kind = t(`sort-${sort}`);
      const label = sort === "neither" || kind === group ? group : `${kind} · ${group}`;
      groups.set(label, [...(groups.get(label) ?? []), one]);
    }
  }
  return [...groups];
}
