import { AsTable } from "../../charts/AsTable";
import { Lines } from "../../charts/Lines";
import { day, month, number } from "../../format";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { has, t } from "../../words";
import { nameOf, type Page, titleOf } from "./about";
import { From, Section } from "./Section";

const LINE_COLOURS = ["var(--series-1)", "var(--series-3)", "var(--series-4)", "var(--series-2)"];

/** What this place gives in aid. */
export function Aid({ page }: { page: Page }) {
  const { aid } = page.answer;
  if (!aid || aid.periods.length === 0 || aid.series.length === 0) return null;
  const lines = aid.series.map((series, at) => ({ ...series, colour: LINE_COLOURS[at % LINE_COLOURS.length]! }));
  const rows = aid.periods.map((period, at) => ({ period, values: aid.series.map((series) => series.values[at] ?? null) })).reverse();
  return (
    <Section id="aid" title={t("place-aid")}>
      <Lines
        periods={aid.periods}
        lines={lines}
        label={t("place-aid-label", {
          name: page.name,
          unit: lines[0]!.unit,
          last: rows[0]!.period,
          value: number(rows[0]!.values[0], aidDecimals(lines[0]!.unit)),
        })}
      />
      <ul class="chart-keys">
        {lines.map((line) => (
          <li key={line.id}>
            <i class="swatch" style={{ background: line.colour }} />
            <span lang="en">
              {line.title} ({line.unit})
            </span>
          </li>
        ))}
      </ul>
      <AsTable>
        {() => (
          <Table
            caption={t("place-aid")}
            hideCaption
            label="period"
            rows={rows}
            rowKey={(row) => row.period}
            columns={[
              { id: "period", title: t("place-year"), cell: (row) => row.period },
              ...lines.map((line, at): Column<(typeof rows)[number]> => ({
                id: line.id,
                title: line.title,
                numeric: true,
                cell: (row) => number(row.values[at], aidDecimals(line.unit)),
              })),
            ]}
          />
        )}
      </AsTable>
      <From of={[...new Map(lines.map(({ source, as_of }) => [source, { id: source, as_of }])).values()]} titles={page.answer.sources}>
        <span lang="en">
          {lines
            .map((line) => line.note)
            .filter(Boolean)
            .join(" ")}
        </span>
      </From>
    </Section>
  );
}

function aidDecimals(unit: string): number {
  return unit.includes("%") ? 2 : 0;
}

type Treaty = Page["answer"]["treaties"][number];

export function Treaties({ page }: { page: Page }) {
  const { treaties } = page.answer;
  if (treaties.length === 0) return null;
  // Each list has its own state, which the table tells.
  const sources = [...new Set(treaties.map((treaty) => treaty.source))];
  const columns: Column<Treaty>[] = [
    {
      id: "title",
      title: t("treaty-instrument"),
      cell: (treaty) => (
        <>
          {treatyName(treaty)}
          {treaty.note && <small><Told text={treaty.note} /></small>}
        </>
      ),
      sort: treatyName,
    },
    { id: "last", title: t("treaty-last"), cell: (treaty) => actionName(treaty.last), sort: (treaty) => treaty.last },
    {
      id: "date",
      title: t("treaty-date"),
      cell: (treaty) => <span class="nowrap">{treaty.date ? when(treaty.date) : "–"}</span>,
      sort: (treaty) => treaty.date,
    },
    { id: "as-of", title: t("treaty-as-of"), cell: (treaty) => <span class="nowrap">{when(treaty.as_of)}</span>, sort: (treaty) => treaty.as_of },
  ];
  return (
    <Section id="treaties" title={t("place-treaties")}>
      <Table caption={t("place-treaties-caption")} label="title" columns={columns} rows={treaties} rowKey={(treaty) => treaty.instrument} />
      <From of={sources.map((id) => ({ id, as_of: null }))} titles={page.answer.sources} />
    </Section>
  );
}

// The lists of the treaties give their numbers in the UN's collection and not their titles.
function treatyName(treaty: Treaty): string {
  const id = `instrument-${treaty.instrument}`;
  return has(id) ? t(id) : (treaty.title ?? treaty.instrument);
}

// A date may be known to the month or the year only.
function when(date: string): string {
  return date.length === 10 ? day(date) : date.length === 7 ? month(date) : date;
}

function actionName(action: string): string {
  const id = `treaty-${action.replace(/[^a-z0-9]+/gi, "-")}`;
  return has(id) ? t(id) : action;
}

type Change = Page["answer"]["changes"][number];

/** What became of the figures in five years. A revision is not a change: both ends are of the same release. */
export function Changes({ page }: { page: Page }) {
  const { changes } = page.answer;
  if (changes.length === 0) return null;
  const unit = (change: Change) => page.measures.get(change.measure)?.unit ?? "";
  const value = (change: Change, of: number) => number(of, decimalsOf(unit(change), of));
  const columns: Column<Change>[] = [
    { id: "measure", title: t("place-measure"), cell: (change) => titleOf(page, change.measure) },
    { id: "before", title: changes[0]!.from, numeric: true, cell: (change) => value(change, change.before) },
    { id: "after", title: changes[0]!.to, numeric: true, cell: (change) => value(change, change.after) },
    { id: "change", title: t("place-change"), numeric: true, cell: (change) => changeWords(change.before, change.after) },
  ];
  return (
    <Section id="changes" title={t("place-changes", { from: changes[0]!.from, to: changes[0]!.to })}>
      <Table
        caption={t("place-changes", { from: changes[0]!.from, to: changes[0]!.to })}
        hideCaption
        label="measure"
        columns={columns}
        rows={changes}
        rowKey={(change) => change.measure}
      />
    </Section>
  );
}

function decimalsOf(unit: string, value: number): number {
  if (unit === "years") return 1;
  return unit.startsWith("index") ? (Math.abs(value) > 1 ? 1 : 3) : 0;
}

/** As the command line tells changes: in per cent up to the double, then how many times as many. */
export function changeWords(before: number, after: number): string {
  if (before === 0) return t("change-from-none");
  if (after === 0) return t("change-to-none");
  const times = after / before;
  if (times >= 2) return t("change-times", { times: number(times, times < 10 ? 1 : 0) });
  if (Math.abs(times - 1) < 0.005) return t("change-unchanged");
  const change = Math.round((times - 1) * 100);
  return t("change-percent", { change: `${change > 0 ? "+" : ""}${number(change)}` });
}

/** What is not known, or too old to be used, and why. */
export function Missing({ page }: { page: Page }) {
  const { gaps } = page.answer;
  if (gaps.length === 0) return null;
  const why = new Map<string, string[]>();
  for (const gap of gaps) why.set(gap.why, [...(why.get(gap.why) ?? []), nameOf(page, gap.measure)]);
  return (
    <Section id="missing" title={t("place-missing")} wide>
      <ul class="missing">
        {[...why].map(([reason, measures]) => (
          <li key={reason}>
            <b>{t("place-missing-measures", { measures: measures.join(", ") })}</b> <Told text={reason} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
