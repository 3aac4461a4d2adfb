import type { Gates } from "../../api/impact";
import { AsTable } from "../../charts/AsTable";
import { number, percent } from "../../format";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { has, t } from "../../words";
import { Section } from "../place/Section";
import type { Examined } from "./Answer";
import { outcomeUnit, useUnitNames } from "./Common";
import { decimalsFor, signed } from "./say";

type Check = Gates["checks"][number];

/** What was decided before the effect was seen, and what effect could have been. */
export function Checks({ answer, of }: Examined) {
  const { checks, hold_out: held, detectable } = of.gates;
  const unit = outcomeUnit(answer.outcome);
  const failed = checks.filter((check) => !check.holds).length;
  const columns: Column<Check>[] = [
    { id: "check", title: t("impact-check"), cell: (row) => (has(`impact-check-${row.id}`) ? t(`impact-check-${row.id}`) : <span lang="en">{row.id}</span>) },
    { id: "holds", title: t("impact-holds"), cell: (row) => <Holds holds={row.holds} /> },
    { id: "told", title: t("impact-found"), cell: (row) => <Told text={row.told} /> },
  ];
  const all = held ? decimalsFor([held.rmspe, held.donors_median]) : 0;
  return (
    <Section id="checks" title={t("impact-checks")} wide>
      <p class="prose">{t("impact-checks-lead")}</p>
      {checks.length > 0 && <Table caption={t("impact-checks-caption", { failed: number(failed), of: number(checks.length) })} label="check" columns={columns} rows={checks} rowKey={(row) => row.id} />}
      {detectable && <p class="prose">{detectableWords(detectable, unit)}</p>}
      {held && (
        <>
          <p class="prose">{t("impact-held-out", { fitted: number(held.fitted), held: number(held.held), rmspe: number(held.rmspe, all), median: number(held.donors_median, all), unit })}</p>
          <AsTable>{() => <HeldOut answer={answer} of={of} />}</AsTable>
        </>
      )}
    </Section>
  );
}

export function Holds({ holds }: { holds: boolean }) {
  return (
    <span class={holds ? "holds" : "holds not"}>
      <span aria-hidden="true">{holds ? "✓" : "✕"}</span> {t(holds ? "impact-does-hold" : "impact-does-not-hold")}
    </span>
  );
}

function detectableWords({ low, high, counterfactual, share }: NonNullable<Gates["detectable"]>, unit: string): string {
  const decimals = decimalsFor([low, high, counterfactual]);
  const said = { low: signed(low, decimals), high: signed(high, decimals), counterfactual: number(counterfactual, decimals), unit };
  return share === null ? t("impact-detectable", said) : t("impact-detectable-share", { ...said, share: percent(share, 0) });
}

function HeldOut({ answer, of }: Examined) {
  const nameOf = useUnitNames(answer);
  const donors = of.gates.hold_out?.donors ?? [];
  const decimals = decimalsFor(donors.map((donor) => donor.rmspe));
  return (
    <Table
      caption={t("impact-held-out-caption")}
      label="unit"
      rows={donors}
      rowKey={(row) => row.unit}
      start={{ id: "rmspe", down: true }}
      columns={[
        { id: "unit", title: t("impact-donor"), cell: (row) => nameOf(row.unit), sort: (row) => nameOf(row.unit) },
        { id: "rmspe", title: t("impact-rmspe"), numeric: true, cell: (row) => number(row.rmspe, decimals), sort: (row) => row.rmspe },
        { id: "gap", title: t("impact-mean-gap"), numeric: true, cell: (row) => signed(row.gap, decimals), sort: (row) => row.gap },
      ]}
    />
  );
}
