import type { ComponentChildren } from "preact";
import { useApi } from "../../api/client";
import type { SourceAnswer, SourceNote } from "../../api/types";
import { day, number } from "../../format";
import { Cite } from "../../parts/Download";
import { Heading } from "../../parts/Heading";
import { Empty, Failed, Loading } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { href } from "../../router";
import { t } from "../../words";
import { Licence } from "./SourceList";

/** One source: whose it is, under which licence, what to beware of, and the releases that are here. */
export function Source({ id }: { id: string }) {
  const answer = useApi<SourceAnswer>(`/api/v1/sources/${encodeURIComponent(id)}`);
  return (
    <>
      <p>
        <a href={href("/data")}>← {t("data-title")}</a>
      </p>
      <Heading title={answer.data?.title ?? id}>{answer.data ? <span lang="en">{answer.data.title}</span> : id}</Heading>
      {answer.state === "error" && <Failed error={answer.error} retry={answer.retry} />}
      {answer.state === "loading" && <Loading lines={8} />}
      {answer.state === "ready" && <About source={answer.data} />}
    </>
  );
}

function About({ source }: { source: SourceAnswer }) {
  return (
    <>
      <dl class="facts">
        <Fact name={t("data-publisher")}>
          <span lang="en">{source.publisher}</span>
        </Fact>
        <Fact name={t("panel-licence")}>
          {source.licence_url ? <a href={source.licence_url}>{source.licence}</a> : <Licence row={source} />}
          {source.licence_url && source.redistribute === "no" && <small class="under">{t("data-not-passed-on")}</small>}
        </Fact>
        <Fact name={t("data-cadence")}>
          <span lang="en">{source.cadence}</span>
        </Fact>
        <Fact name={t("panel-vintage")}>{source.newest_vintage ? day(source.newest_vintage) : "–"}</Fact>
        <Fact name={t("data-freshness")}>
          <span lang="en">{source.freshness}</span>
        </Fact>
        <Fact name={t("data-rows")}>{number(source.rows)}</Fact>
        <Fact name={t("data-homepage")}>
          <a href={source.homepage}>{source.homepage}</a>
        </Fact>
      </dl>
      <section class="prose">
        <h2>{t("data-cite")}</h2>
        <blockquote lang="en">{source.citation}</blockquote>
        <p>
          <Cite title={source.title} sources={[note(source)]} />
        </p>
        <h2>{t("data-caveats")}</h2>
        {source.caveats.length === 0 && <Empty>{t("data-no-caveats")}</Empty>}
        <ul>
          {source.caveats.map((caveat) => (
            <li key={caveat}>
              <Told text={caveat} />
            </li>
          ))}
        </ul>
      </section>
      <h2>{t("data-imported")}</h2>
      {source.imported.length === 0 ? <Empty>{t("data-not-imported")}</Empty> : <Table caption={t("data-imported")} hideCaption columns={columns()} rows={source.imported} rowKey={(row) => `${row.dataset} ${row.vintage} ${row.file} ${row.imported_at}`} label="dataset" />}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function note(source: SourceAnswer): SourceNote {
  return { id: source.source, title: source.title, licence: source.licence, citation: source.citation, as_of: source.newest_vintage };
}

function columns(): Column<SourceAnswer["imported"][number]>[] {
  return [
    { id: "dataset", title: t("data-dataset"), sort: (row) => row.dataset, cell: (row) => row.dataset },
    { id: "vintage", title: t("panel-vintage"), sort: (row) => row.vintage, cell: (row) => <span class="day">{row.vintage}</span> },
    { id: "version", title: t("data-version"), sort: (row) => row.version, cell: (row) => row.version ?? "–" },
    { id: "rows", title: t("data-rows"), numeric: true, sort: (row) => row.rows, cell: (row) => number(row.rows) },
    { id: "scope", title: t("data-scope"), cell: (row) => <span class="scope" lang="en">{row.scope}</span> },
    { id: "file", title: t("panel-file"), sort: (row) => row.file, cell: (row) => <code>{row.file}</code> },
    { id: "imported", title: t("data-imported-at"), sort: (row) => row.imported_at, cell: (row) => <span class="day">{row.imported_at.slice(0, 10)}</span> },
  ];
}
