import type { ComponentChildren } from "preact";
import { useApi } from "../../api/client";
import { asCsv, classPath, type ImpactClass } from "../../api/impact";
import { day, number, percent } from "../../format";
import { Heading } from "../../parts/Heading";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Failed, Loading } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { href } from "../../router";
import type { PageProps } from "../../routes";
import { t } from "../../words";
import { Contents } from "../place/Contents";
import { Section } from "../place/Section";
import { Caveats, NoFinding } from "./Answer";
import { Cases, Unanswered } from "./Cases";
import { Keep, Mark, VerdictBox } from "./Common";
import { Events, LeftOutClusters } from "./Events";
import { change, changeRange, chance, peopleRange, peopleWords } from "./say";
import "../../charts/charts.css";
import "../shared.css";
import "../place/place.css";
import "./impact.css";

export type ClassOutcome = ImpactClass["outcomes"][number];

/** Many cases of a policy, asked at once. */
export default function ClassRoute({ params }: PageProps) {
  return <Of key={params.id} id={params.id ?? ""} />;
}

function Of({ id }: { id: string }) {
  const path = classPath(id);
  const api = useApi<ImpactClass>(path);
  const page = api.state === "error" ? null : api.data;
  return (
    <>
      <Heading title={page ? page.title : id}>{page ? <span lang="en">{page.title}</span> : id}</Heading>
      <div class="controls">
        <a class="chip" href={href("/impact")}>
          {t("impact-to-all")}
        </a>
      </div>
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {!page && api.state !== "error" && <Loading lines={12} />}
      {page && (
        <div class="impact-answer" aria-busy={api.state === "loading"}>
          <Body page={page} json={path} />
        </div>
      )}
    </>
  );
}

function Body({ page, json }: { page: ImpactClass; json: string }) {
  const primary = page.outcomes.find((outcome) => outcome.primary) ?? page.outcomes[0];
  return (
    <>
      <p class="prose impact-question">
        <Told text={page.question} />
      </p>
      {primary && (
        <VerdictBox verdict={primary.verdict}>
          <p class="note">
            {t("impact-primary")}
            {t("colon")} <span lang="en">{primary.title}</span>
          </p>
          {primary.people && primary.verdict.word !== "cannot-be-told" && (
            <p>
              <b class="impact-people">{peopleWords(primary.people.effect)}</b> <span class="impact-interval">{peopleRange(primary.people)}</span>
            </p>
          )}
        </VerdictBox>
      )}
      <Keep json={json} csv={asCsv(json)} title={page.title} sources={page.sources} />
      <Contents of={page} />
      <Fixed page={page} />
      <Outcomes page={page} />
      <Unanswered page={page} />
      <Given of={primary}>
        {primary && <Cases page={page} primary={primary} />}
        {page.outcomes.some((outcome) => outcome.events.length > 0) && <Events page={page} />}
        {primary && <LeftOutClusters of={primary} />}
      </Given>
      <Caveats of={page.caveats} />
      <Sources sources={page.sources} heading="h2" />
      <Notes notes={page.notes} />
      <p class="note impact-made">
        {t("disclaimer-people")} {t("sheet-made", { day: day(new Date().toISOString()) })} <span class="address">{window.location.href}</span>
      </p>
    </>
  );
}

function Given({ of, children }: { of: ClassOutcome | undefined; children: ComponentChildren }) {
  return of?.verdict.word === "cannot-be-told" && of.pooled ? <NoFinding beforehand={false}>{children}</NoFinding> : <>{children}</>;
}

/** What was fixed in the catalog before any effect was looked at. */
function Fixed({ page }: { page: ImpactClass }) {
  return (
    <Section id="asked" title={t("impact-asked")} wide>
      <p class="prose">
        <Told text={page.rationale} />
      </p>
      <dl class="why">
        <div>
          <dt>{t("impact-window")}</dt>
          <dd>{t("impact-window-said", { before: number(page.before), after: number(page.after) })}</dd>
        </div>
        <div>
          <dt>{t("impact-margin-head")}</dt>
          <dd>{page.margin === null ? t("impact-no-margin") : percent(page.margin, 0)}</dd>
        </div>
        {page.because_of_harm && (
          <div>
            <dt>{t("impact-because-of-harm")}</dt>
            <dd>{t("impact-because-of-harm-said")}</dd>
          </div>
        )}
      </dl>
    </Section>
  );
}

/** Every outcome with its verdict. Where it cannot be told, what the method gives is set apart. */
function Outcomes({ page }: { page: ImpactClass }) {
  const aside = (row: ClassOutcome, said: string) => (row.verdict.word === "cannot-be-told" && said !== "–" ? <small title={t("impact-no-finding")}>({said})</small> : said);
  const columns: Column<ClassOutcome>[] = [
    {
      id: "title",
      title: t("impact-outcome"),
      cell: (row) => (
        <>
          <span lang="en">{row.title}</span>
          <small class="under">{t(row.primary ? "impact-primary" : "impact-secondary")}</small>
        </>
      ),
    },
    {
      id: "verdict",
      title: t("impact-verdict"),
      cell: (row) => (
        <>
          <Mark stand={row.verdict.word} />
          <small class="under">
            <Told text={row.verdict.sentence} />
          </small>
        </>
      ),
    },
    { id: "pooled", title: t("impact-pooled"), numeric: true, cell: (row) => (row.pooled ? aside(row, change(row.pooled.effect)) : "–"), sort: (row) => row.pooled?.effect ?? null },
    { id: "range", title: t("impact-interval"), numeric: true, cell: (row) => (row.pooled ? aside(row, changeRange(row.pooled.low, row.pooled.high)) : "–") },
    { id: "prediction", title: t("impact-prediction"), numeric: true, cell: (row) => (row.pooled ? aside(row, changeRange(row.pooled.prediction_low, row.pooled.prediction_high) || "–") : "–") },
    { id: "tau", title: "τ", numeric: true, cell: (row) => (row.pooled ? number(row.pooled.tau, 2) : "–"), sort: (row) => row.pooled?.tau ?? null },
    { id: "cases", title: t("impact-cases-clusters"), numeric: true, cell: (row) => (row.pooled ? `${number(row.pooled.cases)} / ${number(row.pooled.clusters)}` : "–") },
    { id: "p", title: "p", numeric: true, cell: (row) => chance(row.p), sort: (row) => row.p },
    { id: "adjusted", title: t("impact-p-adjusted"), numeric: true, cell: (row) => chance(row.p_adjusted), sort: (row) => row.p_adjusted },
    {
      id: "people",
      title: t("impact-effect"),
      cell: (row) =>
        row.people
          ? aside(row, peopleRange(row.people) ? `${peopleWords(row.people.effect)}, ${peopleRange(row.people)}` : peopleWords(row.people.effect))
          : "–",
    },
  ];
  return (
    <Section id="outcomes" title={t("impact-outcomes")} wide>
      <Table caption={t("impact-outcomes-caption")} label="title" columns={columns} rows={page.outcomes} rowKey={(row) => row.measure} />
      <p class="note">{t("impact-outcomes-note")}</p>
    </Section>
  );
}
