import { percent } from "../../format";
import { t } from "../../words";
import type { Row } from "./rows";

interface Props {
  row: Row | null;
  name: string;
  /** From 0 to 1 across and down the picture. */
  at: [number, number];
  source: string;
}

/** Beside the place, on the side where there is room. What it says, the label of the shape says too. */
export function Tooltip({ row, name, at, source }: Props) {
  const right = at[0] > 0.6;
  const below = at[1] < 0.45;
  const style = {
    [right ? "right" : "left"]: `${(right ? 1 - at[0] : at[0]) * 100}%`,
    [below ? "top" : "bottom"]: `${(below ? at[1] : 1 - at[1]) * 100}%`,
  };
  return (
    <div class="tooltip" style={style} aria-hidden="true">
      <strong>{row?.name ?? name}</strong>
      {row?.parts.length ? <em>{t("world-joint")}</em> : null}
      {row?.kind === "value" ? <Value row={row} /> : <span>{row?.why ?? t("legend-no-data")}</span>}
      {row?.kind === "value" && <small>{source}</small>}
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
      {row.coverage !== "covered" && <span>{row.why}</span>}
    </>
  );
}
