import { AsTable } from "../../charts/AsTable";
import { Course } from "../../charts/Course";
import { number, percent, period } from "../../format";
import { type Column, Table } from "../../parts/Table";
import { t } from "../../words";
import { Section } from "../place/Section";
import type { Examined } from "./Answer";
import { outcomeName, outcomeUnit, useNames } from "./Common";
import { decimalsFor, type PeriodRow, periodsOf, placeOf, placeOfDay, plainRange, signed, signedRange } from "./say";

const OBSERVED = "var(--series-1)";
const EXPECTED = "var(--series-3)";

/** Below an axis: years; of months the Januaries. */
function ticksOf(rows: PeriodRow[], by: "year" | "month") {
  if (by === "year") return rows.map((row) => ({ at: row.at, said: row.time }));
  const first = Math.ceil((rows[0]?.at ?? 0) / 12);
  const last = Math.floor((rows.at(-1)?.at ?? 0) / 12);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => ({ at: (first + step) * 12, said: String(first + step) }));
}

function useCourse({ answer, of }: Examined) {
  const { by } = answer;
  const rows = periodsOf(of, by);
  const aside = answer.set_aside.map((time, at) => placeOf(time, at, by));
  return {
    rows,
    shared: { at: rows.map((row) => row.at), aside, began: { at: placeOfDay(answer.from, by), said: period(answer.from) }, ticks: ticksOf(rows, by) },
  };
}

/** What was observed, against what would have been without the policy. */
export function CourseOf({ answer, of }: Examined) {
  const { rows, shared } = useCourse({ answer, of });
  const nameOf = useNames();
  const last = rows.at(-1);
  if (rows.length === 0 || !last) return null;
  const decimals = decimalsFor(rows.flatMap((row) => [row.observed, row.counterfactual]));
  const unit = outcomeUnit(answer.outcome);
  const about = { name: nameOf(answer.place), outcome: outcomeName(answer.outcome), unit };
  const label = of.fit ? t("impact-course-label", { ...about, ...meansAfter(rows, decimals) }) : t("impact-course-observed", about);
  const lines = [
    ...(of.fit ? [{ id: "expected", title: t("impact-expected"), colour: EXPECTED, dash: "dashed" as const, values: rows.map((row) => row.counterfactual) }] : []),
    { id: "observed", title: t("impact-observed"), colour: OBSERVED, values: rows.map((row) => row.observed) },
  ];
  return (
    <Section id="course" title={t(of.fit ? "impact-course" : "impact-course-alone")} wide>
      <figure class="impact-figure">
        <figcaption>{label}</figcaption>
        <Course {...shared} lines={lines} label={label} />
      </figure>
      <ul class="chart-keys">
        {lines.map((line) => (
          <li key={line.id}>
            <i class="line-key" data-dash={line.dash} style={{ "--of": line.colour }} />
            {line.title}, {unit}
          </li>
        ))}
        <Began aside={answer.set_aside.length > 0} />
      </ul>
      <AsTable>
        {() => (
          <Table
            caption={label}
            label="time"
            rows={rows}
            rowKey={(row) => row.time}
            columns={[
              timeColumn(),
              { id: "observed", title: t("impact-observed"), numeric: true, cell: (row) => number(row.observed, decimals), sort: (row) => row.observed },
              { id: "expected", title: t("impact-expected"), numeric: true, cell: (row) => number(row.counterfactual, decimals), sort: (row) => row.counterfactual },
            ]}
          />
        )}
      </AsTable>
    </Section>
  );
}

function meansAfter(rows: PeriodRow[], decimals: number): { observed: string; expected: string } {
  const after = rows.filter((row) => row.after);
  const mean = (values: number[]) => number(values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length), decimals);
  return { observed: mean(after.map((row) => row.observed)), expected: mean(after.flatMap((row) => row.counterfactual ?? [])) };
}

function Began({ aside }: { aside: boolean }) {
  return (
    <>
      <li>
        <i class="line-key began" />
        {t("impact-began")}
      </li>
      {aside && (
        <li>
          <i class="area-key" />
          {t("impact-aside")}
        </li>
      )}
    </>
  );
}

function timeColumn(): Column<PeriodRow> {
  return {
    id: "time",
    title: t("impact-period"),
    cell: (row) => (
      <>
        {period(row.time)} {row.after && <small>({t("impact-is-after")})</small>}
      </>
    ),
    sort: (row) => row.at,
  };
}

/** Observed less expected, period by period, in the band of the donors' own gaps. */
export function GapOf({ answer, of }: Examined) {
  const { rows, shared } = useCourse({ answer, of });
  const nameOf = useNames();
  if (!of.fit || rows.length === 0) return null;
  const decimals = decimalsFor(rows.map((row) => row.gap));
  const after = rows.filter((row) => row.after);
  const outside = after.filter((row) => row.band && row.gap !== null && (row.gap < row.band[0] || row.gap > row.band[1])).length;
  const hasBand = rows.some((row) => row.band);
  const unbounded = after.filter((row) => row.conformal === null).length;
  const label = [
    t("impact-gap-label", { name: nameOf(answer.place), outcome: outcomeName(answer.outcome), unit: outcomeUnit(answer.outcome) }),
    hasBand ? t("impact-gap-outside", { outside: number(outside), of: number(after.length) }) : "",
  ].join(" ").trim();
  const line = { id: "gap", title: t("impact-gap"), colour: OBSERVED, values: rows.map((row) => row.gap), ranges: rows.map((row) => row.conformal ?? null) };
  return (
    <Section id="gap" title={t("impact-gap")} wide>
      <figure class="impact-figure">
        <figcaption>{label}</figcaption>
        <Course {...shared} lines={[line]} band={hasBand ? { id: "placebo", ranges: rows.map((row) => row.band) } : undefined} label={label} />
      </figure>
      <ul class="chart-keys">
        <li>
          <i class="line-key" style={{ "--of": OBSERVED }} />
          {t("impact-gap")}
        </li>
        {hasBand && (
          <li>
            <i class="area-key band" />
            {t("impact-band")}
          </li>
        )}
        {of.conformal && (
          <li>
            <svg width="10" height="16" viewBox="0 0 10 16" aria-hidden="true">
              <path class="whisker" style={{ stroke: OBSERVED }} d="M1,2h8m-4,0v12m-4,0h8" />
            </svg>
            {t("impact-conformal-periods")}
          </li>
        )}
        <Began aside={answer.set_aside.length > 0} />
      </ul>
      {of.conformal && unbounded > 0 && <p class="note">{t("impact-unbounded", { count: number(unbounded), of: number(after.length) })}</p>}
      <p class="note">{t("impact-fit-before", { rmspe: number(of.fit.pre_rmspe, decimalsFor([of.fit.pre_rmspe])), unit: outcomeUnit(answer.outcome) })}</p>
      <AsTable>{() => <GapTable rows={rows} label={label} decimals={decimals} level={of.conformal?.interval?.level ?? of.interval?.level ?? null} />}</AsTable>
    </Section>
  );
}

function GapTable({ rows, label, decimals, level }: { rows: PeriodRow[]; label: string; decimals: number; level: number | null }) {
  return (
    <Table
      caption={label}
      label="time"
      rows={rows}
      rowKey={(row) => row.time}
      columns={[
        timeColumn(),
        { id: "gap", title: t("impact-gap"), numeric: true, cell: (row) => signed(row.gap, decimals), sort: (row) => row.gap },
        { id: "band", title: t("impact-band"), numeric: true, cell: (row) => (row.band ? plainRange(row.band[0], row.band[1], decimals) : "–") },
        {
          id: "conformal",
          title: level === null ? t("impact-conformal-periods") : `${t("impact-conformal-periods")} (${percent(level, 0)})`,
          numeric: true,
          cell: (row) => (row.conformal ? signedRange(row.conformal[0], row.conformal[1], decimals) : row.conformal === null ? t("impact-is-unbounded") : "–"),
        },
      ]}
    />
  );
}
