import { useState } from "preact/hooks";
import type { DueRow, SourceNote } from "../../api/types";
import { day, number } from "../../format";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { t } from "../../words";
import { articleWords, BasisOf, countdown, InstrumentLink, PartyLink, Source, statusWord } from "./Common";
import { byDuty, byStatus, inOrder } from "./days";

type Which = "due" | "what" | "who" | "status" | "source";

/** Duties and deadlines, each with its day, its status and on what they rest. */
export function DueTable({ rows, caption, asOf, titles, without = [] }: { rows: DueRow[]; caption: string; asOf: string; titles: SourceNote[]; without?: Which[] }) {
  const columns: (Column<DueRow> & { id: Which })[] = [
    { id: "due", title: t("agenda-due"), cell: (row) => <DueDay row={row} asOf={asOf} />, sort: (row) => row.due },
    { id: "what", title: t("agenda-what"), cell: (row) => <What row={row} />, sort: (row) => row.short + row.title },
    { id: "who", title: t("agenda-who"), cell: (row) => <PartyLink of={row} />, sort: (row) => row.name },
    { id: "status", title: t("agenda-status"), cell: (row) => <Status row={row} />, sort: statusWord },
    {
      id: "source",
      title: t("agenda-source"),
      cell: (row) => (
        <>
          <Source id={row.source} asOf={row.source_as_of} titles={titles} />
          <BasisOf basis={row.basis} notes={row.notes} of={`${row.short}, ${row.name}, ${row.title}`} />
        </>
      ),
    },
  ];
  const shown = columns.filter((column) => !without.includes(column.id));
  const key = (row: DueRow) => [row.kind, row.instrument, row.duty, row.participant, row.due, row.covers].join("|");
  return <Table caption={caption} label="what" columns={shown} rows={rows} rowKey={key} />;
}

/** Each duty with how many stand how; the rows are made when it is opened, for there may be many. */
export function DueByDuty({ rows, asOf, titles }: { rows: DueRow[]; asOf: string; titles: SourceNote[] }) {
  return (
    <>
      {byDuty(rows).map((group) => (
        <OneDuty key={group[0]!.kind + group[0]!.duty} rows={group} asOf={asOf} titles={titles} />
      ))}
    </>
  );
}

function OneDuty({ rows, asOf, titles }: { rows: DueRow[]; asOf: string; titles: SourceNote[] }) {
  const [open, setOpen] = useState(false);
  const { title, article } = rows[0]!;
  return (
    <details class="agenda-region" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <b lang="en">{title}</b> <span lang="en">({articleWords(article)})</span>
        {t("colon")} {statusCounts(rows)}
      </summary>
      {open && <DueTable rows={inOrder(rows)} caption={title} asOf={asOf} titles={titles} />}
    </details>
  );
}

/** How many have each status, in words. */
export function statusCounts(rows: DueRow[]): string {
  return byStatus(rows).map(([status, count]) => `${statusWord({ kind: rows[0]!.kind, status })} ${number(count)}`).join("; ");
}

function DueDay({ row, asOf }: { row: DueRow; asOf: string }) {
  if (!row.due) return <>{t("agenda-no-day")}</>;
  return (
    <>
      <span class="nowrap">{day(row.due)}</span>
      <small class="under">{countdown(asOf, row.due)}</small>
    </>
  );
}

/** The duty with its article and instrument. */
export function What({ row }: { row: DueRow }) {
  return (
    <>
      <span lang="en">{row.title}</span>
      <small class="under">
        <InstrumentLink id={row.instrument} short={row.short} />, <span lang="en">{articleWords(row.article)}</span>
        {row.voluntary && `; ${t("agenda-voluntary")}`}
      </small>
    </>
  );
}

export function Status({ row }: { row: DueRow }) {
  return (
    <span class={`due-status ${row.status}`}>
      <b>{statusWord(row)}</b>
      <small class="under">
        <Told text={row.told} />
      </small>
      {row.received && <small class="under">{t("agenda-received", { day: day(row.received) })}</small>}
      {row.extensions.map((one) => (
        <small key={one} class="under">
          <Told text={one} />
        </small>
      ))}
    </span>
  );
}
