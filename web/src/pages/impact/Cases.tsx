import { scaleLinear } from "d3-scale";
import type { ImpactClass } from "../../api/impact";
import { AsTable } from "../../charts/AsTable";
import { Forest, type ForestRow } from "../../charts/Forest";
import { day, number, percent } from "../../format";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { href } from "../../router";
import { t } from "../../words";
import { Section } from "../place/Section";
import type { ClassOutcome } from "./Class";
import { Holds } from "./Checks";
import { PlaceLink, useNames } from "./Common";
import { change, changeRange, counted, peopleRange, peopleWords } from "./say";

type Case = ImpactClass["cases"][number];

const TICKS = [0.1, 0.5, 1, 2, 10];
/** With those between, where the axis is short. */
const FINE_TICKS = [0.1, 0.25, 0.5, 1, 2, 4, 10];
/** A change to a twentieth, or twentyfold: what goes beyond is drawn with an arrow. */
const WIDEST = Math.log(20);

/** Changes in per cent on a logarithmic axis, as wide as they need. */
export function changeScale(values: number[]): { scale: ReturnType<typeof scaleLinear<number, number>>; ticks: { at: number; said: string }[] } {
  const within = values.filter(Number.isFinite).map((value) => Math.min(WIDEST, Math.max(-WIDEST, value)));
  const [least, most] = [Math.min(-Math.LN2, ...within), Math.max(Math.LN2, ...within)];
  const edge = (most - least) * 0.03;
  const scale = scaleLinear([least - edge, most + edge], [0, 100]);
  return { scale, ticks: (most - least > Math.log(30) ? TICKS : FINE_TICKS).map(Math.log).filter((at) => at >= least - edge && at <= most + edge).map((at) => ({ at, said: change(at) })) };
}

/** The answer of each case and what they give together. */
export function Cases({ page, primary }: { page: ImpactClass; primary: ClassOutcome }) {
  const nameOf = useNames();
  const answered = page.cases.filter((one) => one.answered && one.effect !== null);
  const sorted = [...answered].sort((a, b) => (a.effect ?? 0) - (b.effect ?? 0));
  const { pooled } = primary;
  const rows = sorted.map((one): ForestRow => ({ id: `${one.place.code}${one.date}`, title: <CaseName of={one} name={nameOf(one.place)} />, value: one.effect, low: one.low, high: one.high, said: effectWords(one) }));
  if (pooled) {
    const outer = pooled.prediction_low !== null && pooled.prediction_high !== null ? ([pooled.prediction_low, pooled.prediction_high] as const) : null;
    rows.push({ id: "pooled", title: t("impact-pooled"), value: pooled.effect, low: pooled.low, high: pooled.high, outer: outer && [...outer], said: effectWords(pooled), strong: true });
  }
  const { scale, ticks } = changeScale(rows.flatMap((row) => [row.value, row.low ?? null, row.high ?? null, ...(row.outer ?? [])]).filter((value) => value !== null));
  const counts = { answered: number(answered.length), all: number(page.cases.length) };
  const label = pooled
    ? t("impact-forest-label", { ...counts, effect: change(pooled.effect), range: changeRange(pooled.low, pooled.high) })
    : t("impact-forest-none", counts);
  return (
    <Section id="cases" title={t("impact-cases")} wide>
      <figure class="impact-figure">
        <figcaption>{label}</figcaption>
        {rows.length > 0 && <Forest rows={rows} scale={scale} ticks={ticks} none={0} whole={pooled?.effect} label={label} />}
      </figure>
      {pooled && pooled.prediction_low !== null && (
        <ul class="chart-keys">
          <li>
            <svg width="16" height="14" viewBox="0 -7 16 14" aria-hidden="true">
              <path class="own" d="M1,0L8,-7L15,0L8,7Z" />
            </svg>
            {t("impact-pooled")}
          </li>
          <li>
            <i class="line-key" data-dash="dashed" style={{ "--of": "var(--series-1)" }} />
            {t("impact-prediction-said", { range: changeRange(pooled.prediction_low, pooled.prediction_high) })}
          </li>
        </ul>
      )}
      {primary.people && <p class="prose">{peopleOf(primary)}</p>}
      <AsTable>{() => <CaseTable page={page} label={label} />}</AsTable>
    </Section>
  );
}

function peopleOf({ people }: ClassOutcome): string {
  if (!people) return "";
  const range = peopleRange(people);
  return t("impact-people-together", { people: peopleWords(people.effect), range: range || "none", observed: number(people.observed), expected: number(people.counterfactual) });
}

function CaseName({ of, name }: { of: Case; name: string }) {
  const said = `${name}, ${of.date.slice(0, 4)}`;
  return of.policy ? <a href={href(`/impact/policy/${encodeURIComponent(of.policy)}`)}>{said}</a> : <>{said}</>;
}

function effectWords({ effect, low, high }: { effect: number | null; low: number | null; high: number | null }): string {
  const range = changeRange(low, high);
  return range ? `${change(effect)} (${range})` : change(effect);
}

function CaseTable({ page, label }: { page: ImpactClass; label: string }) {
  const nameOf = useNames();
  const columns: Column<Case>[] = [
    { id: "place", title: t("impact-place"), cell: (row) => <PlaceLink place={row.place} />, sort: (row) => nameOf(row.place) },
    { id: "date", title: t("impact-date"), cell: (row) => <span class="day">{day(row.date)}</span>, sort: (row) => row.date },
    { id: "answered", title: t("impact-is-answered"), cell: (row) => <Holds holds={row.answered} /> },
    { id: "effect", title: t("impact-change"), numeric: true, cell: (row) => change(row.effect), sort: (row) => row.effect },
    { id: "range", title: t("impact-interval"), numeric: true, cell: (row) => changeRange(row.low, row.high) || "–" },
    { id: "people", title: t("impact-effect"), cell: (row) => (row.people ? peopleWords(row.people.effect) : "–"), sort: (row) => row.people?.effect ?? null },
    { id: "cluster", title: t("impact-cluster"), cell: (row) => <span lang="en">{row.cluster}</span>, sort: (row) => row.cluster },
    { id: "why", title: t("impact-why"), cell: (row) => (row.why_not ? <Told text={row.why_not} /> : "") },
  ];
  return <Table caption={label} label="place" columns={columns} rows={page.cases} rowKey={(row) => `${row.place.code}${row.date}${row.policy}`} />;
}

/** The cases that could not be answered are not hidden: each reason with how many, and which. */
export function Unanswered({ page }: { page: ImpactClass }) {
  const nameOf = useNames();
  const open = page.cases.filter((one) => !one.answered);
  if (open.length === 0) return null;
  const of = (reason: string) => open.filter((one) => (one.why_not ?? "") === reason);
  return (
    <Section id="unanswered" title={t("impact-unanswered")} wide>
      <p class="prose">{t("impact-unanswered-lead", { count: number(open.length), all: number(page.cases.length), share: percent(open.length / page.cases.length, 0) })}</p>
      <ul class="impact-reasons">
        {counted(open.map((one) => one.why_not ?? "")).map(([reason, count]) => (
          <li key={reason}>
            <b>{number(count)} ×</b> {reason ? <Told text={reason} /> : t("impact-no-reason")}
            <small class="under">
              {of(reason)
                .map((one) => `${nameOf(one.place)} ${one.date.slice(0, 4)}`)
                .join("; ")}
            </small>
          </li>
        ))}
      </ul>
    </Section>
  );
}
