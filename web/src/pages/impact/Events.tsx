import type { ImpactClass } from "../../api/impact";
import { AsTable } from "../../charts/AsTable";
import { Course } from "../../charts/Course";
import { Forest } from "../../charts/Forest";
import { number } from "../../format";
import { Table } from "../../parts/Table";
import { t } from "../../words";
import { Section } from "../place/Section";
import { changeScale } from "./Cases";
import type { ClassOutcome } from "./Class";
import { change, decimalsFor, signed, signedRange } from "./say";

const COLOUR = "var(--series-1)";

/** Years to and from the policy, each against the same places without it. */
export function Events({ page }: { page: ImpactClass }) {
  const outcomes = page.outcomes.filter((outcome) => outcome.events.length > 0);
  return (
    <Section id="events" title={t("impact-events")} wide>
      <p class="prose">{t("impact-events-lead")}</p>
      {outcomes.map((outcome) => (
        <EventsOf key={outcome.measure} of={outcome} />
      ))}
    </Section>
  );
}

function EventsOf({ of }: { of: ClassOutcome }) {
  const { events } = of;
  const decimals = decimalsFor(events.map((event) => event.effect));
  const label = t("impact-events-label", { title: of.title });
  const line = {
    id: "effect",
    title: of.title,
    colour: COLOUR,
    values: events.map((event) => event.effect),
    ranges: events.map((event): [number, number] | null => (event.low !== null && event.high !== null ? [event.low, event.high] : null)),
    hollow: events.map((event) => event.relative < 0),
  };
  const cases = events.map((event) => event.cases);
  return (
    <>
      <h3 lang="en">{of.title}</h3>
      <figure class="impact-figure">
        <figcaption>{label}</figcaption>
        <Course
          at={events.map((event) => event.relative)}
          lines={[line]}
          began={{ at: -0.5, said: t("impact-began") }}
          ticks={events.map((event) => ({ at: event.relative, said: signed(event.relative) }))}
          label={label}
        />
      </figure>
      <p class="note">{casesWords(Math.min(...cases), Math.max(...cases))}</p>
      <AsTable>
        {() => (
          <Table
            caption={label}
            label="relative"
            rows={events}
            rowKey={(row) => String(row.relative)}
            columns={[
              { id: "relative", title: t("impact-relative"), cell: (row) => signed(row.relative), sort: (row) => row.relative },
              { id: "effect", title: t("impact-mean-gap"), numeric: true, cell: (row) => signed(row.effect, decimals), sort: (row) => row.effect },
              { id: "range", title: t("impact-interval"), numeric: true, cell: (row) => signedRange(row.low, row.high, decimals) || "–" },
              { id: "cases", title: t("impact-cases"), numeric: true, cell: (row) => number(row.cases), sort: (row) => row.cases },
            ]}
          />
        )}
      </AsTable>
    </>
  );
}

function casesWords(least: number, most: number): string {
  return least === most ? t("impact-events-each", { count: most }) : t("impact-events-note", { least: number(least), most: number(most) });
}

/** What is pooled without each cluster of cases. */
export function LeftOutClusters({ of }: { of: ClassOutcome }) {
  const { left_out: left, pooled } = of;
  if (left.length === 0 || !pooled) return null;
  const effects = left.map((one) => one.effect);
  const { scale, ticks } = changeScale([...effects, pooled.effect]);
  const label = t("impact-clusters-label", { effect: change(pooled.effect), range: t("impact-from-to", { low: change(Math.min(...effects)), high: change(Math.max(...effects)) }) });
  const rows = [
    ...left.map((one) => ({ id: one.cluster, title: t("impact-without-one", { name: one.cluster }), value: one.effect, said: change(one.effect) })),
    { id: "whole", title: t("impact-with-all-cases"), value: pooled.effect, said: change(pooled.effect), strong: true },
  ];
  return (
    <Section id="left-out" title={t("impact-left-out-cases")} wide>
      <figure class="impact-figure">
        <figcaption>{label}</figcaption>
        <Forest rows={rows} scale={scale} ticks={ticks} none={0} whole={pooled.effect} label={label} />
      </figure>
      <AsTable>
        {() => (
          <Table
            caption={label}
            label="cluster"
            rows={left}
            rowKey={(row) => row.cluster}
            columns={[
              { id: "cluster", title: t("impact-cluster"), cell: (row) => <span lang="en">{row.cluster}</span>, sort: (row) => row.cluster },
              { id: "effect", title: t("impact-pooled"), numeric: true, cell: (row) => change(row.effect), sort: (row) => row.effect },
            ]}
          />
        )}
      </AsTable>
    </Section>
  );
}
