import type { Estimate, TriggerCard, TriggerCounts, TriggerRecord } from "../../api/types";
import { day, number, percent, range } from "../../format";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { t } from "../../words";
import { Curve } from "./Curve";

/** A trigger, when it stands, and what it would have done before. */
export function TriggerOf({ trigger }: { trigger: TriggerCard }) {
  const facts: [string, string][] = [
    ["evidence", trigger.evidence],
    ["confirmations", number(trigger.confirmations)],
    ["cool-down", t("trigger-months", { count: trigger.cool_down_months })],
    ["window", t("ladder-days", { count: trigger.window_days })],
  ];
  return (
    <article class="trigger" id={`trigger-${trigger.id}`}>
      <h3>
        <span lang="en">{trigger.title}</span> <small>{t(`warned-${trigger.kind}`)}</small>
      </h3>
      <p class="prose">
        <Told text={trigger.description} />
      </p>
      <p class="trigger-when">
        <code>{trigger.when}</code>
      </p>
      {trigger.record ? <strong class="trigger-told"><Told text={trigger.record.told} /></strong> : <p class="note">{trigger.record_unknown ? <Told text={trigger.record_unknown} /> : t("trigger-no-record")}</p>}
      <dl class="why">
        {trigger.event && (
          <div>
            <dt>{t("trigger-event")}</dt>
            <dd>
              <code>{trigger.event}</code>
            </dd>
          </div>
        )}
        {facts.map(([id, said]) => (
          <div key={id}>
            <dt>{t(`trigger-${id}`)}</dt>
            <dd lang={id === "evidence" ? "en" : undefined}>{said}</dd>
          </div>
        ))}
      </dl>
      {trigger.record && <Record record={trigger.record} title={trigger.title} />}
    </article>
  );
}

function Record({ record, title }: { record: TriggerRecord; title: string }) {
  return (
    <>
      <div class="two trigger-record">
        <div>
          <h4>{t("counts-title")}</h4>
          <Counts record={record} title={title} />
        </div>
        <div>
          <h4>{t("curve-title")}</h4>
          <Curve record={record} />
        </div>
      </div>
      <p class="note">
        {t("trigger-measured", { day: day(record.measured_on), origins: record.origins, threshold: number(record.threshold, 2), tried: record.thresholds_tried })}{" "}
        {record.in_sample && <b>{t("trigger-in-sample")}</b>} {t("trigger-vintage")}
        {t("colon")} <Told text={record.vintage} />.
      </p>
    </>
  );
}

interface Line {
  id: string;
  of: (counts: TriggerCounts) => string;
}

// What is seldom near the ends needs more digits than a share of many.
const LINES: Line[] = [
  { id: "windows", of: (counts) => number(counts.windows) },
  { id: "base_rate", of: (counts) => percent(counts.base_rate) },
  { id: "events", of: (counts) => number(counts.events) },
  { id: "hits", of: (counts) => number(counts.hits) },
  { id: "late", of: (counts) => number(counts.late) },
  { id: "missed", of: (counts) => number(counts.missed) },
  { id: "episodes", of: (counts) => number(counts.episodes) },
  { id: "false_alarms", of: (counts) => number(counts.false_alarms) },
  { id: "hit_rate", of: (counts) => share(counts.hit_rate) },
  { id: "false_alarm_ratio", of: (counts) => share(counts.false_alarm_ratio) },
  { id: "false_alarms_per_place_year", of: (counts) => estimate(counts.false_alarms_per_place_year) },
  { id: "median_lead_days", of: (counts) => number(counts.median_lead_days) },
  { id: "return_period_years", of: (counts) => number(counts.return_period_years, 1) },
];

/** A share with its interval, in per cent. */
export function share(of: Estimate | null): string {
  return of ? `${percent(of.value, 0)} (${range(of.low * 100, of.high * 100)})` : "–";
}

function estimate(of: Estimate | null): string {
  return of ? `${number(of.value, 3)} (${range(of.low, of.high, 3)})` : "–";
}

function Counts({ record, title }: { record: TriggerRecord; title: string }) {
  const columns: Column<Line>[] = [
    { id: "what", title: t("counts-what"), cell: (line) => t(`counts-${line.id}`) },
    { id: "onset", title: t("counts-onset"), numeric: true, cell: (line) => line.of(record.onset) },
    { id: "continuation", title: t("counts-continuation"), numeric: true, cell: (line) => line.of(record.continuation) },
  ];
  const few = [record.onset, record.continuation].some((counts) => counts.hit_rate === null);
  return (
    <>
      <Table caption={t("counts-caption", { title })} label="what" columns={columns} rows={LINES} rowKey={(line) => line.id} />
      {few && <p class="note">{t("counts-few")}</p>}
    </>
  );
}
