import { scaleLog } from "d3-scale";
import type { Space } from "../../api/impact";
import { AsTable } from "../../charts/AsTable";
import { DotStack } from "../../charts/DotStack";
import { number, period } from "../../format";
import { Table } from "../../parts/Table";
import { t } from "../../words";
import { Section } from "../place/Section";
import type { Examined } from "./Answer";
import { outcomeUnit, useNames, useUnitNames } from "./Common";
import { chance, decimalsFor, signed } from "./say";
import { EffectForest } from "./Robust";

/** The same question asked of every donor, as if it had had the policy. */
export function InSpace({ answer, of }: Examined) {
  const nameOfUnit = useUnitNames(answer);
  const name = useNames()(answer.place);
  const { space } = of;
  if (!space) return null;
  const said = { name, ratio: ratioWords(space.ratio), rank: number(space.rank), of: number(space.of), p: chance(space.p) };
  const drawn = space.donors.flatMap((donor) => (donor.ratio !== null && donor.ratio > 0 ? [{ id: donor.unit, value: donor.ratio }] : []));
  const decimals = decimalsFor(space.donors.map((donor) => donor.effect));
  return (
    <Section id="space" title={t("impact-space")} wide>
      <p class="prose">{t("impact-space-lead")}</p>
      <figure class="impact-figure">
        <figcaption>{t("impact-space-label", said)}</figcaption>
        {drawn.length > 0 && space.ratio > 0 && <Ratios dots={drawn} space={space} name={name} label={t("impact-space-label", said)} />}
      </figure>
      {drawn.length < space.donors.length && <p class="note">{t("impact-space-perfect", { count: space.donors.length - drawn.length })}</p>}
      <AsTable>
        {() => (
          <Table
            caption={t("impact-space-caption", { unit: outcomeUnit(answer.outcome) })}
            label="unit"
            rows={space.donors}
            rowKey={(row) => row.unit}
            start={{ id: "ratio", down: true }}
            columns={[
              { id: "unit", title: t("impact-donor"), cell: (row) => nameOfUnit(row.unit), sort: (row) => nameOfUnit(row.unit) },
              { id: "ratio", title: t("impact-ratio"), numeric: true, cell: (row) => (row.ratio === null ? "–" : ratioWords(row.ratio)), sort: (row) => row.ratio },
              { id: "effect", title: t("impact-mean-gap"), numeric: true, cell: (row) => signed(row.effect, decimals), sort: (row) => row.effect },
            ]}
          />
        )}
      </AsTable>
    </Section>
  );
}

export function ratioWords(ratio: number): string {
  return number(ratio, decimalsFor([ratio]) > 2 ? 2 : decimalsFor([ratio]));
}

function Ratios({ dots, space, name, label }: { dots: { id: string; value: number }[]; space: Space; name: string; label: string }) {
  const values = [space.ratio, ...dots.map((dot) => dot.value)];
  const scale = scaleLog().domain([Math.min(...values) / 1.15, Math.max(...values) * 1.15]);
  return (
    <>
      <DotStack dots={dots} own={{ value: space.ratio, said: `${name}${t("colon")} ${ratioWords(space.ratio)}` }} scale={scale} ticks={powers(scale.domain() as [number, number]).map((at) => ({ at, said: number(at, Math.max(0, -Math.floor(Math.log10(at) + 1e-9))) }))} label={label} />
      <ul class="chart-keys">
        <li>
          <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
            <path class="own" d="M0,-7l7,7l-7,7l-7,-7Z" />
          </svg>
          {name}
        </li>
        <li>
          <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
            <circle class="placebo" cx="5" cy="5" r="4" />
          </svg>
          {t("impact-a-donor")}
        </li>
      </ul>
    </>
  );
}

/** Ticks of a logarithmic axis: powers of ten, and between them where there are few. */
export function powers([least, most]: [number, number]): number[] {
  const all: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++) all.push(...[1, 2, 5].map((step) => Number((step * 10 ** power).toPrecision(1))));
  const within = all.filter((tick) => tick >= least && tick <= most);
  return within.length <= 6 ? within : within.filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(6))));
}

/** The same question at earlier dates, with what was known before the policy alone. */
export function InTime({ answer, of }: Examined) {
  if (of.time.length === 0) return null;
  const unit = outcomeUnit(answer.outcome);
  const decimals = decimalsFor([...of.time.map((sham) => sham.effect), of.fit?.effect ?? null]);
  const said = (sham: (typeof of.time)[number]) => (sham.p === null ? signed(sham.effect, decimals) : `${signed(sham.effect, decimals)}; p ${chance(sham.p)}`);
  const label = t("impact-time-label", { unit, count: number(of.time.length) });
  return (
    <Section id="time" title={t("impact-time")} wide>
      <p class="prose">{t("impact-time-lead")}</p>
      <figure class="impact-figure">
        <figcaption>{label}</figcaption>
        <EffectForest rows={of.time.map((sham) => ({ id: sham.time, title: period(sham.time), value: sham.effect, said: said(sham) }))} whole={of.fit ? { value: of.fit.effect, title: t("impact-true-date"), said: signed(of.fit.effect, decimals) } : null} label={label} />
      </figure>
      <AsTable>
        {() => (
          <Table
            caption={label}
            label="time"
            rows={of.time}
            rowKey={(row) => row.time}
            columns={[
              { id: "time", title: t("impact-sham-date"), cell: (row) => period(row.time), sort: (row) => row.time },
              { id: "pre", title: t("impact-before"), numeric: true, cell: (row) => number(row.pre), sort: (row) => row.pre },
              { id: "effect", title: t("impact-mean-gap"), numeric: true, cell: (row) => signed(row.effect, decimals), sort: (row) => row.effect },
              { id: "p", title: "p", numeric: true, cell: (row) => chance(row.p), sort: (row) => row.p },
            ]}
          />
        )}
      </AsTable>
    </Section>
  );
}
