import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../words";

export interface Column<Row> {
  id: string;
  title: string;
  /** What the row shows in this column. */
  cell: (row: Row) => ComponentChildren;
  /** What it is sorted by; a column without is not sortable. Nulls come last, whichever the direction. */
  sort?: (row: Row) => number | string | null;
  numeric?: boolean;
}

export interface Sorted {
  id: string;
  down: boolean;
}

/** A table that can be sorted by its heads. `label` marks the column whose cells are the heads of the rows. */
export function Table<Row>({ caption, hideCaption, columns, rows, rowKey, start, label }: {
  caption: string;
  hideCaption?: boolean;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  start?: Sorted;
  label?: string;
}) {
  const [sorted, setSorted] = useState<Sorted | undefined>(start);
  const inOrder = sortRows(rows, columns.find((column) => column.id === sorted?.id)?.sort, sorted?.down ?? false);
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class={hideCaption ? "unseen" : undefined}>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} sorted={sorted} onSort={setSorted} />
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) =>
                column.id === label ? (
                  <th key={column.id} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} class={column.numeric ? "number" : undefined}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head<Row>({ column, sorted, onSort }: { column: Column<Row>; sorted: Sorted | undefined; onSort: (sorted: Sorted) => void }) {
  const mine = sorted?.id === column.id ? sorted : null;
  const direction = mine ? (mine.down ? "descending" : "ascending") : undefined;
  // Numbers are first sorted from the largest down, words from the first letter on.
  const next = { id: column.id, down: mine ? !mine.down : Boolean(column.numeric) };
  return (
    <th scope="col" class={column.numeric ? "number" : undefined} aria-sort={direction}>
      {column.sort ? (
        <button type="button" class="sort" title={t("table-sort")} onClick={() => onSort(next)}>
          {column.title}
          <span aria-hidden="true">{mine ? (mine.down ? " ▾" : " ▴") : ""}</span>
        </button>
      ) : (
        column.title
      )}
    </th>
  );
}

export function sortRows<Row>(rows: Row[], by: ((row: Row) => number | string | null) | undefined, down: boolean): Row[] {
  if (!by) return rows;
  const turn = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [by(a), by(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return turn * (typeof x === "string" ? x.localeCompare(String(y)) : x - Number(y));
  });
}
