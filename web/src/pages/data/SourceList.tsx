import { useApi } from "../../api/client";
import type { Sheet, SourceRow } from "../../api/types";
import { number } from "../../format";
import { Download } from "../../parts/Download";
import { Heading } from "../../parts/Heading";
import { Notes } from "../../parts/SourcePanel";
import { Empty, Failed, Loading } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { href } from "../../router";
import { t } from "../../words";

/** Every source that is known, those first of which there are data here. */
export function SourceList() {
  const answer = useApi<Sheet<SourceRow>>("/api/v1/sources");
  const rows = answer.data?.rows ?? [];
  const here = rows.filter((row) => row.releases > 0);
  const others = rows.filter((row) => row.releases === 0);
  return (
    <>
      <Heading title={t("data-title")} />
      <p class="lead">{t("data-lead")}</p>
      {answer.state === "error" && <Failed error={answer.error} retry={answer.retry} />}
      {answer.state === "loading" && <Loading lines={8} />}
      {answer.state === "ready" && (
        <>
          {here.length === 0 ? <Empty>{t("data-none")}</Empty> : <Table caption={t("data-here", { count: number(here.length) })} columns={columns()} rows={here} rowKey={(row) => row.source} label="source" />}
          <Download path="/api/v1/sources" sources={answer.data.sources.filter((source) => here.some((row) => row.source === source.id))} title={t("data-title")} />
          <Notes notes={answer.data.notes} />
          {others.length > 0 && <Others rows={others} />}
          <p class="prose">{t("data-own")}</p>
        </>
      )}
    </>
  );
}

function columns(): Column<SourceRow>[] {
  return [
    {
      id: "source",
      title: t("panel-source"),
      sort: (row) => row.source,
      cell: (row) => (
        <>
          <a href={href(`/data/${row.source}`)}>{row.source}</a>
          <small class="under" lang="en">
            {row.title}
          </small>
        </>
      ),
    },
    { id: "publisher", title: t("data-publisher"), sort: (row) => row.publisher, cell: (row) => <span lang="en">{row.publisher}</span> },
    { id: "vintage", title: t("panel-vintage"), sort: (row) => row.newest_vintage, cell: (row) => <span class="number">{row.newest_vintage ?? "–"}</span> },
    { id: "freshness", title: t("data-freshness"), cell: (row) => <span lang="en">{row.freshness}</span> },
    { id: "licence", title: t("panel-licence"), sort: (row) => row.licence, cell: (row) => <Licence row={row} /> },
    { id: "releases", title: t("data-releases"), numeric: true, sort: (row) => row.releases, cell: (row) => number(row.releases) },
    { id: "rows", title: t("data-rows"), numeric: true, sort: (row) => row.rows, cell: (row) => number(row.rows) },
  ];
}

export function Licence({ row }: { row: Pick<SourceRow, "licence" | "redistribute"> }) {
  return (
    <>
      <span lang="en">{row.licence}</span>
      {row.redistribute === "no" && <small class="under">{t("data-not-passed-on")}</small>}
    </>
  );
}

function Others({ rows }: { rows: SourceRow[] }) {
  return (
    <section>
      <h2>{t("data-others")}</h2>
      <p>{t("data-others-text")}</p>
      <ul class="source-names">
        {rows.map((row) => (
          <li key={row.source}>
            <a href={href(`/data/${row.source}`)}>{row.source}</a> <small lang="en">{row.title}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
