import type { AidWorkersYear, AidYear, Party, SourceNote } from "../../api/types";
import { AsTable } from "../../charts/AsTable";
import { type Line, Lines } from "../../charts/Lines";
import { number, range } from "../../format";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { t } from "../../words";
import { Section } from "../place/Section";
import { Source } from "./Common";

/** What the General Assembly asked for in 1970, in per cent of gross national income. */
const TARGET = 0.7;
const METHODS = [
  { id: "net", colour: "var(--series-3)", dash: "dashed" },
  { id: "grant-equivalent", colour: "var(--series-1)", dash: undefined },
] as const;

/** Aid against the 0.7 per cent, by the two methods, which are never joined. */
export function AidGap({ party, name }: { party: Party; name: string }) {
  const { aid, sources } = party;
  if (aid.length === 0) return null;
  const periods = [...new Set(aid.map((one) => String(one.year)))].sort();
  const lines = aidLines(aid, periods);
  const last = aid.filter((one) => one.ratio !== null).sort((a, b) => a.year - b.year).at(-1);
  const label = last ? t("agenda-aid-label", { name, year: String(last.year), ratio: number(last.ratio, 2) }) : t("agenda-aid-none", { name });
  return (
    <Section id="aid" title={t("agenda-aid")} wide>
      {last && <p>{label}{last.preliminary && ` (${t("agenda-preliminary")})`}. {gapWords(last)}</p>}
      <Lines periods={periods} lines={lines} label={label} />
      <ul class="chart-keys">
        {lines.map((line) => (
          <li key={line.id}>
            <i class="line-key" data-dash={line.dash} style={{ "--of": line.colour }} />
            {line.title}
          </li>
        ))}
      </ul>
      <p class="note">{t("agenda-aid-methods")}</p>
      <AsTable>{() => <AidTable aid={aid} sources={sources} />}</AsTable>
      <From of={aid} titles={sources} />
    </Section>
  );
}

function gapWords(year: AidYear): string {
  if (year.gap_points === null || year.ratio === null) return "";
  const money = year.gap_money === null ? "" : t("agenda-gap-money", { money: number(Math.abs(year.gap_money)), range: range(year.gap_low, year.gap_high) || "none", unit: year.unit });
  // The gap ends at zero; what is given above it is the ratio's own.
  const above = year.ratio - TARGET;
  return [t(year.gap_points > 0 ? "agenda-gap-below" : "agenda-gap-reached", { points: number(Math.abs(above), 2) }), year.gap_points > 0 ? money : ""].filter(Boolean).join(" ");
}

/** A line a method; a year that is not known breaks it. The target runs over all years. */
export function aidLines(aid: AidYear[], periods: string[]): Line[] {
  const methods = METHODS.filter((method) => aid.some((one) => one.method === method.id && one.ratio !== null));
  const told = methods.map(({ id, colour, dash }): Line => {
    const of = periods.map((period) => aid.find((one) => one.method === id && String(one.year) === period) ?? null);
    return { id, title: t(`agenda-aid-${id}`), colour, dash, values: of.map((one) => one?.ratio ?? null), hollow: of.map((one) => one?.preliminary ?? false) };
  });
  return [...told, { id: "target", title: t("agenda-aid-target", { target: number(TARGET, 1) }), colour: "var(--ink)", dash: "dotted", values: periods.map(() => TARGET) }];
}

function AidTable({ aid, sources }: { aid: AidYear[]; sources: SourceNote[] }) {
  const columns: Column<AidYear>[] = [
    { id: "year", title: t("agenda-period"), cell: (row) => row.year, sort: (row) => row.year },
    { id: "method", title: t("agenda-aid-method"), cell: (row) => t(`agenda-aid-${row.method}`), sort: (row) => row.method },
    {
      id: "ratio",
      title: t("agenda-aid-ratio"),
      numeric: true,
      cell: (row) => (row.ratio === null ? row.missing ? <Told text={row.missing} /> : "–" : `${number(row.ratio, 2)}${row.preliminary ? ` (${t("agenda-preliminary")})` : ""}`),
      sort: (row) => row.ratio,
    },
    { id: "points", title: t("agenda-gap-points"), numeric: true, cell: (row) => number(row.gap_points, 2), sort: (row) => row.gap_points },
    { id: "money", title: t("agenda-gap-of-money"), numeric: true, cell: (row) => number(row.gap_money), sort: (row) => row.gap_money },
    { id: "range", title: t("agenda-interval"), numeric: true, cell: (row) => range(row.gap_low, row.gap_high) || "–" },
    { id: "unit", title: t("agenda-unit"), cell: (row) => <span lang="en">{row.unit}</span> },
    { id: "source", title: t("agenda-source"), cell: (row) => <Source id={row.source} asOf={row.as_of} titles={sources} /> },
  ];
  return <Table caption={t("agenda-aid")} hideCaption label="year" columns={columns} rows={[...aid].sort((a, b) => b.year - a.year)} rowKey={(row) => `${row.year}${row.method}`} />;
}

/** Each source once, of the day that it has. */
function From({ of, titles }: { of: { source: string; as_of: string }[]; titles: SourceNote[] }) {
  const sources = [...new Map(of.map(({ source, as_of }) => [source + as_of, { source, as_of }])).values()];
  return (
    <p class="note">
      {sources.map(({ source, as_of }, at) => (
        <span key={source + as_of}>
          {at > 0 && "; "}
          <Source id={source} asOf={as_of} titles={titles} />
        </span>
      ))}
    </p>
  );
}

const HARM = [
  { id: "killed", colour: "var(--series-1)", dash: undefined },
  { id: "wounded", colour: "var(--series-3)", dash: "dashed" },
  { id: "kidnapped", colour: "var(--series-4)", dash: "dotted" },
] as const;

/** Attacks on aid workers in its territory. A year that is not told is not zero. */
export function AidWorkers({ party, name }: { party: Party; name: string }) {
  const { aid_workers: told, sources } = party;
  const last = told.at(-1);
  if (!last) return null;
  const periods = told.map((one) => String(one.year));
  const lines = HARM.map((harm): Line => ({ ...harm, title: t(`agenda-workers-${harm.id}`), values: told.map((one) => one[harm.id]), hollow: told.map((one) => one.pending > 0) }));
  const label = t("agenda-workers-label", { name, year: String(last.year), killed: number(last.killed), wounded: number(last.wounded), kidnapped: number(last.kidnapped), attacks: number(last.attacks) });
  return (
    <Section id="aid-workers" title={t("agenda-workers")} wide>
      <p>{label}</p>
      {told.some((one) => one.pending > 0) && <p class="note">{t("agenda-workers-hollow")}</p>}
      {last.pending > 0 && <p class="note">{t("agenda-workers-pending-of", { count: last.pending, year: String(last.year) })}</p>}
      <Lines periods={periods} lines={lines} label={label} />
      <ul class="chart-keys">
        {lines.map((line) => (
          <li key={line.id}>
            <i class="line-key" data-dash={line.dash} style={{ "--of": line.colour }} />
            {line.title}
          </li>
        ))}
      </ul>
      <AsTable>{() => <WorkersTable told={told} />}</AsTable>
      <From of={told} titles={sources} />
    </Section>
  );
}

function WorkersTable({ told }: { told: AidWorkersYear[] }) {
  type Key = "attacks" | "killed" | "wounded" | "kidnapped" | "pending";
  const count = (id: Key): Column<AidWorkersYear> => ({ id, title: t(`agenda-workers-${id}`), numeric: true, cell: (row) => number(row[id]), sort: (row) => row[id] });
  const by = (id: keyof AidWorkersYear["by"]): Column<AidWorkersYear> => ({ id, title: t(`agenda-by-${id}`), numeric: true, cell: (row) => number(row.by[id]), sort: (row) => row.by[id] });
  const columns: Column<AidWorkersYear>[] = [
    { id: "year", title: t("agenda-period"), cell: (row) => row.year, sort: (row) => row.year },
    ...(["attacks", "killed", "wounded", "kidnapped"] as const).map(count),
    ...(["state", "non_state", "unknown"] as const).map(by),
    count("pending"),
  ];
  return <Table caption={t("agenda-workers")} hideCaption label="year" columns={columns} rows={[...told].reverse()} rowKey={(row) => String(row.year)} />;
}
