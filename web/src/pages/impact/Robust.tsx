import { scaleLinear } from "d3-scale";
import { AsTable } from "../../charts/AsTable";
import { Forest, type ForestRow } from "../../charts/Forest";
import { decimalsOf } from "../../charts/Lines";
import { number } from "../../format";
import { Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { t } from "../../words";
import { Section } from "../place/Section";
import type { Examined } from "./Answer";
import { outcomeUnit, useUnitNames } from "./Common";
import { decimalsFor, methodTitle, signed, signedRange } from "./say";

/** Effects in the outcome's unit about zero, held against the effect that is told. */
export function EffectForest({ rows, whole, label }: { rows: ForestRow[]; whole: { value: number; title: string; said: string } | null; label: string }) {
  const values = [0, ...rows.flatMap((row) => row.value ?? []), ...(whole ? [whole.value] : [])];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const edge = (most - least || 1) * 0.05;
  const scale = scaleLinear([least - edge, most + edge], [0, 100]);
  const ticks = scale.ticks(4);
  const all = whole ? [...rows, { id: "whole", title: whole.title, value: whole.value, said: whole.said, strong: true }] : rows;
  return <Forest rows={all} scale={scale} ticks={ticks.map((at) => ({ at, said: number(at, decimalsOf(ticks)) }))} none={0} whole={whole?.value} label={label} />;
}

/** The effect without each donor that has a weight. */
export function LeftOutOf({ answer, of }: Examined) {
  const nameOf = useUnitNames(answer);
  const { left_out: left, fit } = of;
  if (left.length === 0 || !fit) return null;
  const unit = outcomeUnit(answer.outcome);
  const effects = left.map((one) => one.effect);
  const decimals = decimalsFor([...effects, fit.effect]);
  const label = t("impact-left-out-label", { effect: signed(fit.effect, decimals), range: signedRange(Math.min(...effects), Math.max(...effects), decimals), unit });
  return (
    <Section id="left-out" title={t("impact-left-out")} wide>
      <figure class="impact-figure">
        <figcaption>{label}</figcaption>
        <EffectForest
          rows={left.map((one) => ({ id: one.unit, title: t("impact-without-one", { name: nameOf(one.unit) }), value: one.effect, said: signed(one.effect, decimals) }))}
          whole={{ value: fit.effect, title: t("impact-with-all"), said: signed(fit.effect, decimals) }}
          label={label}
        />
      </figure>
      <AsTable>
        {() => (
          <Table
            caption={label}
            label="unit"
            rows={left}
            rowKey={(row) => row.unit}
            columns={[
              { id: "unit", title: t("impact-left-out-donor"), cell: (row) => nameOf(row.unit), sort: (row) => nameOf(row.unit) },
              { id: "effect", title: t("impact-mean-gap"), numeric: true, cell: (row) => signed(row.effect, decimals), sort: (row) => row.effect },
              { id: "rmspe", title: t("impact-rmspe-before"), numeric: true, cell: (row) => number(row.pre_rmspe, decimalsFor([row.pre_rmspe])), sort: (row) => row.pre_rmspe },
            ]}
          />
        )}
      </AsTable>
    </Section>
  );
}

/** What the other methods give, or why they give nothing. */
export function OtherMethods({ answer, of }: Examined) {
  if (of.others.length === 0) return null;
  const known = of.others.filter((other) => other.effect !== null);
  const decimals = decimalsFor([...known.map((other) => other.effect), of.fit?.effect ?? null]);
  const label = t("impact-others-label", { unit: outcomeUnit(answer.outcome) });
  return (
    <Section id="methods" title={t("impact-others")} wide>
      <p class="prose">{t("impact-others-lead")}</p>
      {known.length > 0 && (
        <figure class="impact-figure">
          <figcaption>{label}</figcaption>
          <EffectForest
            rows={known.map((other) => ({ id: other.method, title: methodTitle(other.method), value: other.effect, said: signed(other.effect, decimals) }))}
            whole={of.fit ? { value: of.fit.effect, title: methodTitle(of.method), said: signed(of.fit.effect, decimals) } : null}
            label={label}
          />
        </figure>
      )}
      <Table
        caption={t("impact-others-caption")}
        label="method"
        rows={of.others}
        rowKey={(row) => row.method}
        columns={[
          { id: "method", title: t("impact-method"), cell: (row) => methodTitle(row.method) },
          { id: "effect", title: t("impact-mean-gap"), numeric: true, cell: (row) => signed(row.effect, decimals), sort: (row) => row.effect },
          { id: "rmspe", title: t("impact-rmspe-before"), numeric: true, cell: (row) => (row.pre_rmspe === null ? "–" : number(row.pre_rmspe, decimalsFor([row.pre_rmspe]))), sort: (row) => row.pre_rmspe },
          { id: "why", title: t("impact-why-none"), cell: (row) => (row.why_not ? <Told text={row.why_not} /> : "") },
        ]}
      />
    </Section>
  );
}
