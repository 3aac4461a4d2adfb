import type { DonorRow, Examination, ImpactAnswer } from "../../api/impact";
import { AsTable } from "../../charts/AsTable";
import { BarList } from "../../charts/BarList";
import { number } from "../../format";
import { Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { t } from "../../words";
import { Section } from "../place/Section";
import { useUnitNames } from "./Common";
import { counted, signed } from "./say";

/** Weights smaller than this are told together. */
const LEAST = 0.005;
const MOST = 15;

/** The places that it is held against with their weights, and those that it is not, with the reason. */
export function Donors({ answer, of }: { answer: ImpactAnswer; of: Examination | null }) {
  const nameOf = useUnitNames(answer);
  const used = answer.donors.filter((donor) => donor.used);
  const unused = answer.donors.filter((donor) => !donor.used);
  if (answer.donors.length === 0) return null;
  const { shown, rest } = weighty(used);
  const times = of?.fit?.time_weights.filter((one) => Math.abs(one.weight) >= LEAST) ?? [];
  return (
    <Section id="donors" title={t(answer.episodes ? "impact-donors-of-episodes" : "impact-donors")} wide>
      <p class="prose">{t(answer.episodes ? "impact-donors-episodes-said" : "impact-donors-said", { used: number(used.length), all: number(answer.donors.length) })}</p>
      {shown.length > 0 && (
        <figure class="impact-figure narrow">
          <figcaption>{t("impact-weights")}</figcaption>
          <BarList
            items={shown.map((donor) => ({
              id: donor.place.code,
              title: nameOf(donor.place.code),
              value: 100 * Math.abs(donor.weight ?? 0),
              said: number(donor.weight, 3),
              muted: (donor.weight ?? 0) < 0,
            }))}
          />
        </figure>
      )}
      {rest > 0 && shown.length > 0 && <p class="note">{t("impact-weights-rest", { count: number(rest) })}</p>}
      {shown.length === 0 && used.length > 0 && <p class="note">{t("impact-weights-even")}</p>}
      {times.length > 0 && <p class="note">{t("impact-time-weights", { weights: times.map((one) => `${one.unit}${t("colon")} ${number(one.weight, 3)}`).join("; ") })}</p>}
      {used.length > 0 && (
        <AsTable>
          {() => (
            <Table
              caption={t("impact-donors-caption")}
              label="place"
              rows={used}
              rowKey={(row) => row.place.code}
              start={{ id: "weight", down: true }}
              columns={[
                { id: "place", title: t("impact-donor"), cell: (row) => nameOf(row.place.code), sort: (row) => nameOf(row.place.code) },
                { id: "weight", title: t("impact-weight"), numeric: true, cell: (row) => signed(row.weight, 3).replace("+", ""), sort: (row) => row.weight },
              ]}
            />
          )}
        </AsTable>
      )}
      {unused.length > 0 && <Unused of={unused} nameOf={nameOf} />}
    </Section>
  );
}

/** Those with the largest weights, and how many have a smaller one or none. */
export function weighty(used: DonorRow[]): { shown: DonorRow[]; rest: number } {
  const sorted = used.filter((donor) => Math.abs(donor.weight ?? 0) >= LEAST).sort((a, b) => Math.abs(b.weight ?? 0) - Math.abs(a.weight ?? 0));
  const shown = sorted.slice(0, MOST);
  return { shown, rest: used.length - shown.length };
}

function Unused({ of, nameOf }: { of: DonorRow[]; nameOf: (unit: string) => string }) {
  const reasons = counted(of.map((donor) => donor.why_not ?? ""));
  return (
    <details class="impact-more">
      <summary>{t("impact-not-used", { count: number(of.length) })}</summary>
      <ul>
        {reasons.slice(0, 8).map(([reason, count]) => (
          <li key={reason}>
            {number(count)} × {reason ? <Told text={reason} /> : t("impact-no-reason")}
          </li>
        ))}
      </ul>
      <Table
        caption={t("impact-not-used-caption")}
        label="place"
        rows={of}
        rowKey={(row) => `${row.place.code}${row.why_not}`}
        columns={[
          { id: "place", title: t("impact-place"), cell: (row) => nameOf(row.place.code), sort: (row) => nameOf(row.place.code) },
          { id: "why", title: t("impact-why"), cell: (row) => (row.why_not ? <Told text={row.why_not} /> : t("impact-no-reason")), sort: (row) => row.why_not },
        ]}
      />
    </details>
  );
}
