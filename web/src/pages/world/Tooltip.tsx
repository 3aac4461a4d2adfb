import { percent } from "../../format";
import { t } from "../../words";
import type { Row } from "./rows";

/** Beside the place, on the side where there is room. What it says, the label of the shape says too. */
export function Tooltip({ row, id, at, width, height }: { row: Row | null; id: string; at: [number, number]; width: number; height: number }) {
  const right = at[0] > width * 0.6;
  const below = at[1] < height * 0.45;
  const style = {
    [right ? "right" : "left"]: `${((right ? width - at[0] : at[0]) / width) * 100}%`,
    [below ? "top" : "bottom"]: `${((below ? at[1] : height - at[1]) / height) * 100}%`,
  };
  return (
    <div class="tooltip" style={style} aria-hidden="true">
      <strong>{row?.name ?? id}</strong>
      {row?.parts.length ? <em>{t("world-joint")}</em> : null}
      {row?.kind === "value" ? <Value row={row} /> : <span>{t(`coverage-${(row?.coverage ?? "no source").replaceAll(" ", "-")}`)}</span>}
    </div>
  );
}

function Value({ row }: { row: Row }) {
  return (
    <>
      <span>
        <b>{row.text}</b>
        {row.range && ` (${row.range})`}
      </span>
      {row.rate && (
        <span>
          {row.rate} {t("per-100k")}
        </span>
      )}
      {row.chance !== null && <span>{t("world-chance", { chance: percent(row.chance) })}</span>}
      {(row.coverage === "earlier year" || row.coverage === "stale" || row.coverage === "incomplete") && <span>{t(`coverage-${row.coverage.replaceAll(" ", "-")}`)}</span>}
    </>
  );
}
