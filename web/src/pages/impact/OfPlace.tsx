import { useApi } from "../../api/client";
import { type ImpactOfPlace, placeImpactPath, type PolicyBrief } from "../../api/impact";
import type { PlaceAnswer } from "../../api/types";
import { day } from "../../format";
import { type Column, Table } from "../../parts/Table";
import { t } from "../../words";
import { Section } from "../place/Section";
import { outcomeName, PolicyLink, VerdictCell } from "./Common";
import { inOrder, kindTitle, standOf } from "./say";
import "./impact.css";

/** What is told of the policies of a country; of areas and of the world nothing is asked. */
export function usePoliciesOf({ place, kind }: Pick<PlaceAnswer, "place" | "kind"> | { place: string; kind: null }): ImpactOfPlace | null {
  const { data } = useApi<ImpactOfPlace>(kind === "country" || kind === "joint" ? placeImpactPath(place) : null);
  return data?.place.code === place ? data : null;
}

/** The policies of a place with their verdicts; nothing where there is none. */
export function PoliciesOf({ of, name }: { of: ImpactOfPlace | null; name: string }) {
  if (!of || of.policies.length === 0) return null;
  return (
    <Section id="policies" title={t("impact-policies")} wide>
      <p class="prose">{t("impact-place-lead")}</p>
      <Table caption={t("impact-place-caption", { name })} label="title" columns={columns()} rows={inOrder(of.policies)} rowKey={(row) => row.id} />
    </Section>
  );
}

function columns(): Column<PolicyBrief>[] {
  return [
    { id: "title", title: t("impact-policy"), cell: (row) => <PolicyLink policy={row} />, sort: (row) => row.title },
    { id: "verdict", title: t("impact-verdict"), cell: (row) => <VerdictCell of={row} />, sort: standOf },
    { id: "kind", title: t("impact-kind"), cell: kindTitle, sort: kindTitle },
    { id: "date", title: t("impact-date"), cell: (row) => <span class="day">{day(row.date)}</span>, sort: (row) => row.date },
    { id: "outcome", title: t("impact-outcome"), cell: (row) => (row.outcome ? outcomeName({ id: row.outcome, title: row.outcome_title ?? row.outcome }) : t("impact-no-outcome")) },
  ];
}
