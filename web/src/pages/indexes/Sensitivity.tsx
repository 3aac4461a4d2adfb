import { useState } from "preact/hooks";
import { useApi } from "../../api/client";
import type { Sensitivity } from "../../api/types";
import { AsTable } from "../../charts/AsTable";
import { Tornado } from "../../charts/Tornado";
import { percent } from "../../format";
import { Notes } from "../../parts/SourcePanel";
import { Failed, Loading } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { has, t } from "../../words";

/** On which choices the index depends. It takes the server a while, so it is computed when it is asked for. */
export function SensitivityOf({ recipe, period, varied }: { recipe: string; period: string; varied: boolean }) {
  const [asked, setAsked] = useState(false);
  if (!varied)
    return (
      <section>
        <h2>{t("sensitivity-title")}</h2>
        <p class="prose">{t("sensitivity-none")}</p>
      </section>
    );
  return (
    <section class="sensitivity">
      <h2>{t("sensitivity-title")}</h2>
      <p class="prose">{t("sensitivity-about")}</p>
      {asked ? (
        <Answer path={`/api/v1/indices/${encodeURIComponent(recipe)}/sensitivity?period=${encodeURIComponent(period)}`} />
      ) : (
        <button type="button" onClick={() => setAsked(true)}>
          {t("sensitivity-ask")}
        </button>
      )}
    </section>
  );
}

type Row = Sensitivity["rows"][number];

// The kinds of choices have words of ours; an input or a node has the id that the recipe gives it.
function titleOf(row: Row): string {
  const id = `factor-${row.factor}`;
  return has(id) ? t(id) : row.factor;
}

function Answer({ path }: { path: string }) {
  const api = useApi<Sensitivity>(path);
  if (api.state === "error") return <Failed error={api.error} retry={api.retry} />;
  if (api.state === "loading") return <Loading />;
  const rows = [...api.data.rows].sort((a, b) => (b.total ?? 0) - (a.total ?? 0));
  const first = rows[0];
  return (
    <>
      <Tornado
        rows={rows.map((row) => ({ ...row, id: row.factor, title: titleOf(row) }))}
        label={first ? t("sensitivity-label", { factor: titleOf(first), total: percent(first.total, 0) }) : ""}
      />
      <ul class="chart-keys">
        <li>
          <i class="swatch" style={{ background: "var(--series-3)", opacity: 0.35 }} />
          {t("sensitivity-total")}
        </li>
        <li>
          <i class="swatch" style={{ background: "var(--series-3)" }} />
          {t("sensitivity-first")}
        </li>
      </ul>
      <AsTable>
        {() => <Table caption={t("sensitivity-title")} hideCaption label="factor" columns={columns()} rows={rows} rowKey={(row) => row.factor} />}
      </AsTable>
      <details>
        <summary>{t("indexes-notes")}</summary>
        <Notes notes={api.data.notes} />
      </details>
    </>
  );
}

function columns(): Column<Row>[] {
  const interval = (low: number | null, high: number | null) => (low === null || high === null ? "" : `${percent(low, 0)} – ${percent(high, 0)}`);
  return [
    { id: "factor", title: t("sensitivity-factor"), cell: (row) => titleOf(row) },
    { id: "first", title: t("sensitivity-first"), numeric: true, cell: (row) => percent(row.first, 0) },
    { id: "first-interval", title: t("place-interval"), numeric: true, cell: (row) => interval(row.first_low, row.first_high) },
    { id: "total", title: t("sensitivity-total"), numeric: true, cell: (row) => percent(row.total, 0) },
    { id: "total-interval", title: t("place-interval"), numeric: true, cell: (row) => interval(row.total_low, row.total_high) },
  ];
}
