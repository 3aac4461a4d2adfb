import type { WorldForecast } from "../../api/types";
import { showSource } from "../../parts/SourcePanel";
import { t } from "../../words";
import { FORECAST, type Row } from "./rows";

/** The world in one line. A forecast has no sum: medians of countries do not add up. */
export function Total({ row, title, show, period, forecast }: { row: Row | null; title: string; show: string; period: string; forecast: WorldForecast | null }) {
  if (show === FORECAST) return forecast ? <p class="total">{t("world-forecast-lead")}</p> : null;
  if (!row || row.kind !== "value") return null;
  const open = () => showSource({ place: "WLD", placeName: row.name, measure: show, title, period });
  return (
    <p class="total">
      {title}
      {t("colon")}{" "}
      <button type="button" class="figure" onClick={open}>
        <span class="figure-value">{row.text}</span>
      </button>
      {row.range && <span class="figure-range"> ({row.range})</span>}
      {row.rate && (
        <span class="figure-rate">
          , {row.rate} {t("per-100k")}
        </span>
      )}
    </p>
  );
}
