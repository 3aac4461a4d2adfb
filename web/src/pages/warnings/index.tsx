import { useApi } from "../../api/client";
import type { Indicators as IndicatorsOf, IndicatorSlice, Warnings } from "../../api/types";
import { day, month, number, percent } from "../../format";
import { Heading } from "../../parts/Heading";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Failed, Loading } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { href } from "../../router";
import { t } from "../../words";
import { Head } from "../ladder/Timeline";
import { Label } from "../ladder/Warned";
import { Standing } from "./Standing";
import { TriggerOf } from "./Trigger";
import "../shared.css";
import "../world/world.css";
import "../ladder/ladder.css";
import "./warnings.css";

export default function WarningsPage() {
  const api = useApi<Warnings>("/api/v1/warnings");
  return (
    <>
      <Heading title={t("warnings-title")} />
      <p class="lead">{t("warnings-lead")}</p>
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {api.state === "loading" && <Loading lines={10} />}
      {api.state === "ready" && <All warnings={api.data} />}
    </>
  );
}

function All({ warnings }: { warnings: Warnings }) {
  return (
    <>
      <Label of={warnings} />
      <p class="note">
        {t("ladder-as-of")}
        {t("colon")} {day(warnings.as_of)}
        {warnings.origin && `; ${t("ladder-origin", { month: month(warnings.origin) })}`}. <a href={href("/ladder")}>{t("warnings-to-ladder")}</a>
      </p>
      <Standing warnings={warnings} />
      <section>
        <h2>{t("triggers-title")}</h2>
        <p class="prose">{t("triggers-lead")}</p>
        {warnings.triggers.map((trigger) => (
          <TriggerOf key={trigger.id} trigger={trigger} />
        ))}
      </section>
      <NotAssessed warnings={warnings} />
      {warnings.indicators && <Indicators of={warnings.indicators} />}
      <Head head={warnings.log_head} />
      <Sources sources={warnings.sources} heading="h2" />
      <Notes notes={warnings.notes} />
    </>
  );
}

function NotAssessed({ warnings }: { warnings: Warnings }) {
  if (warnings.not_assessed.length === 0) return null;
  const title = (id: string) => warnings.triggers.find((trigger) => trigger.id === id)?.title ?? id;
  return (
    <section id="not-assessed">
      <h2>{t("warnings-not-assessed")}</h2>
      <p class="prose">{t("warnings-not-assessed-lead")}</p>
      <Table
        caption={t("warnings-not-assessed")}
        hideCaption
        label="trigger"
        rows={warnings.not_assessed}
        rowKey={(row) => row.trigger + row.why}
        columns={[
          { id: "trigger", title: t("warnings-trigger"), cell: (row) => <span lang="en">{title(row.trigger)}</span> },
          { id: "why", title: t("warnings-why"), cell: (row) => <Told text={row.why} /> },
          { id: "places", title: t("warnings-places"), numeric: true, cell: (row) => number(row.places), sort: (row) => row.places },
          { id: "example", title: t("warnings-example"), cell: (row) => row.example },
        ]}
      />
    </section>
  );
}

/** How many warnings were answered before the event, and how soon. */
function Indicators({ of }: { of: IndicatorsOf }) {
  return (
    <section id="indicators">
      <h2>{t("indicators-title")}</h2>
      <p class="prose">{of.warnings === 0 ? t("indicators-none") : t("indicators-said", { warnings: number(of.warnings), answered: number(of.answered_before), share: percent(of.share, 0), open: number(of.open), unanswered: number(of.unanswered) })}</p>
      {of.median_days_to_action !== null && <p>{t("indicators-median", { count: of.median_days_to_action })}</p>}
      <div class="two">
        <Slices title={t("indicators-by-place")} rows={of.by_place} />
        <Slices title={t("indicators-by-partner")} rows={of.by_partner} />
      </div>
    </section>
  );
}

function Slices({ title, rows }: { title: string; rows: IndicatorSlice[] }) {
  if (rows.length === 0) return null;
  const columns: Column<IndicatorSlice>[] = [
    { id: "name", title, cell: (row) => row.name, sort: (row) => row.name },
    { id: "warnings", title: t("nav-warnings"), numeric: true, cell: (row) => number(row.warnings), sort: (row) => row.warnings },
    { id: "answered", title: t("indicators-answered"), numeric: true, cell: (row) => number(row.answered_before), sort: (row) => row.answered_before },
    { id: "share", title: t("indicators-share"), numeric: true, cell: (row) => percent(row.share, 0), sort: (row) => row.share },
    { id: "days", title: t("indicators-days"), numeric: true, cell: (row) => number(row.median_days_to_action), sort: (row) => row.median_days_to_action },
  ];
  return (
    <div>
      <h3>{title}</h3>
      <Table caption={title} hideCaption label="name" columns={columns} rows={rows} rowKey={(row) => row.name} />
    </div>
  );
}
