import { useEffect, useRef, useState } from "preact/hooks";
import { useApi } from "../api/client";
import type { ExplainRow, Sheet, SourceNote } from "../api/types";
import { day, number, period } from "../format";
import { href } from "../router";
import { measureUnit, t } from "../words";
import { Download } from "./Download";
import { Empty, Failed, Loading } from "./States";
import { type Column, Table } from "./Table";
import { Told } from "./Told";

/** The figure whose rows are to be seen. */
export interface About {
  place: string;
  placeName: string;
  measure: string;
  title: string;
  period: string;
}

let show: (about: About) => void = () => {};

/** Opens the panel with the rows behind a figure. */
export function showSource(about: About) {
  show(about);
}

/** Stands once in the frame; a dialog of the browser keeps the focus and gives it back. */
export function SourcePanelHost() {
  const [about, setAbout] = useState<About | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    show = setAbout;
    return () => void (show = () => {});
  }, []);
  useEffect(() => {
    if (about) dialog.current?.showModal();
  }, [about]);
  const onBackdrop = (event: MouseEvent) => event.target === dialog.current && dialog.current?.close();
  return (
    <dialog ref={dialog} class="panel" aria-labelledby="panel-title" onClose={() => setAbout(null)} onClick={onBackdrop}>
      {about && <Panel about={about} close={() => dialog.current?.close()} />}
    </dialog>
  );
}

function Panel({ about, close }: { about: About; close: () => void }) {
  const path = `/api/v1/places/${encodeURIComponent(about.place)}/explain/${encodeURIComponent(about.measure)}`;
  const query = `period=${about.period}`;
  const answer = useApi<Sheet<ExplainRow>>(`${path}?${query}`);
  return (
    <div class="panel-inside">
      <header>
        <h2 id="panel-title">
          {about.title}
          <small>
            {about.placeName}, {period(about.period)}
          </small>
        </h2>
        <button type="button" class="close" aria-label={t("panel-close")} onClick={close}>
          ✕
        </button>
      </header>
      {answer.state === "error" && <Failed error={answer.error} retry={answer.retry} />}
      {answer.state === "loading" && <Loading />}
      {answer.state === "ready" && (
        <>
          <Rows sheet={answer.data} />
          <Notes notes={answer.data.notes} />
          <Sources sources={answer.data.sources} />
          <Download path={path} query={query} forms={["csv", "xlsx"]} sources={answer.data.sources} title={`${about.title}, ${about.placeName}, ${about.period}`} />
        </>
      )}
    </div>
  );
}

function Rows({ sheet }: { sheet: Sheet<ExplainRow> }) {
  if (sheet.rows.length === 0) return <Empty>{t("panel-no-rows")}</Empty>;
  const more = sheet.total - sheet.rows.length;
  return (
    <>
      <Table caption={t("panel-rows", { count: sheet.total })} columns={columns()} rows={sheet.rows} rowKey={(row) => `${row.role}${row.file}${row.row}${row.what}${row.start}`} />
      {more > 0 && <p class="note">{t("panel-more", { count: number(more) })}</p>}
    </>
  );
}

function columns(): Column<ExplainRow>[] {
  return [
    { id: "what", title: t("panel-what"), cell: (row) => <span lang="en">{row.what}</span>, sort: (row) => row.what },
    { id: "place", title: t("panel-place"), cell: (row) => row.place, sort: (row) => row.place },
    { id: "role", title: t("panel-role"), cell: (row) => <span lang="en">{row.role}</span>, sort: (row) => row.role },
    { id: "value", title: t("panel-value"), numeric: true, cell: (row) => `${number(row.value, decimals(row.value))} ${measureUnit(row.unit)}`, sort: (row) => row.value },
    { id: "time", title: t("panel-time"), cell: (row) => <Days start={row.start} end={row.end} />, sort: (row) => row.start },
    { id: "source", title: t("panel-source"), cell: (row) => <a href={href(`/data/${row.source}`)}>{row.source}</a>, sort: (row) => row.source },
    { id: "vintage", title: t("panel-vintage"), cell: (row) => <span class="day">{row.as_of}</span>, sort: (row) => row.as_of },
    { id: "file", title: t("panel-file"), cell: (row) => (row.row === null ? row.file : t("panel-file-row", { file: row.file, row: String(row.row) })) },
    { id: "licence", title: t("panel-licence"), cell: (row) => row.licence },
  ];
}

function Days({ start, end }: { start: string; end: string }) {
  return (
    <>
      <span class="day">{start}</span>
      {start !== end && (
        <>
          –<wbr />
          <span class="day">{end}</span>
        </>
      )}
    </>
  );
}

function decimals(value: number): number {
  return Number.isInteger(value) ? 0 : Math.abs(value) < 100 ? 2 : 0;
}

export function Notes({ notes }: { notes: string[] }) {
  const said = notes.filter(Boolean);
  if (said.length === 0) return null;
  return (
    <ul class="notes">
      {said.map((note) => (
        <li key={note}>
          <Told text={note} />
        </li>
      ))}
    </ul>
  );
}

/** The sources of an answer, with vintage, licence and citation. */
export function Sources({ sources, heading = "h3" }: { sources: SourceNote[]; heading?: "h2" | "h3" }) {
  const Head = heading;
  if (sources.length === 0) return null;
  return (
    <section class="sources">
      <Head>{t("sources-title")}</Head>
      <ul>
        {sources.map((source) => (
          <li key={source.id}>
            <a href={href(`/data/${source.id}`)} lang="en">
              {source.title}
            </a>
            <span class="note">
              {source.as_of && <> {t("as-of", { day: day(source.as_of) })},</>} {source.licence}
            </span>
            <details>
              <summary>{t("sources-citation")}</summary>
              <p lang="en">{source.citation}</p>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
