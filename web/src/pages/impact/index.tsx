import { useState } from "preact/hooks";
import { useApi } from "../../api/client";
import { type ClassBrief, type Impact, impactPath, type PolicyBrief, type Rules } from "../../api/impact";
import { day, number, percent } from "../../format";
import { Heading } from "../../parts/Heading";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Empty, Failed, Loading } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { href, useQuery } from "../../router";
import { has, t } from "../../words";
import { AskForm } from "./AskForm";
import { Meanings, outcomeName, PlaceLink, PolicyLink, useNames, VerdictCell } from "./Common";
import { filtered, inOrder, kindTitle, kindsOf, peopleRange, peopleWords, type Stand, standOf, WORDS } from "./say";
import "../shared.css";
import "../place/place.css";
import "./impact.css";

/** Rows that are shown before one asks for all. */
const FIRST = 40;

/** What was done for people's safety, and whether it protected them. */
export default function ImpactPage() {
  const api = useApi<Impact>(impactPath);
  const impact = api.data;
  return (
    <>
      <Heading title={t("impact-title")} />
      <p class="lead">{t("impact-lead")}</p>
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {!impact && api.state !== "error" && <Loading lines={12} />}
      {impact && api.state !== "error" && (
        <div aria-busy={api.state === "loading"}>
          {impact.doing && (
            <p class="replay inset" role="status">
              {t("impact-doing", { what: has(`impact-doing-${impact.doing}`) ? t(`impact-doing-${impact.doing}`) : impact.doing })}
            </p>
          )}
          <section>
            <h2>{t("impact-answers")}</h2>
            <Meanings words={WORDS} />
            <RulesOf rules={impact.rules} />
          </section>
          <Policies policies={impact.policies} />
          <Classes classes={impact.classes} />
          <section id="ask">
            <h2>{t("impact-ask")}</h2>
            <p class="prose">{t("impact-ask-lead")}</p>
            <AskForm impact={impact} asked={{}} />
          </section>
          <Sources sources={impact.sources} heading="h2" />
          <Notes notes={impact.notes} />
        </div>
      )}
    </>
  );
}

/** What must hold before an effect is looked at: fixed in the catalog. */
function RulesOf({ rules }: { rules: Rules }) {
  const said = {
    donors: number(rules.donors),
    before: number(rules.periods_before),
    share: percent(rules.hold_out, 0),
    band: percent(rules.band, 0),
    widest: percent(rules.widest, 0),
    alpha: number(rules.alpha, 2),
    level: percent(rules.level, 0),
    months: number(rules.anticipation_months),
    episodes: number(rules.episodes),
  };
  return (
    <details class="impact-more">
      <summary>{t("impact-rules")}</summary>
      <ul>
        {["donors", "before", "hold-out", "detectable", "harm", "alpha", "large-p"].map((rule) => (
          <li key={rule}>{t(`impact-rule-${rule}`, said)}</li>
        ))}
      </ul>
    </details>
  );
}

function Policies({ policies }: { policies: PolicyBrief[] }) {
  const [kind, setKind] = useQuery("kind");
  const [of, setOf] = useQuery("of");
  const [verdict, setVerdict] = useQuery("verdict");
  const [all, setAll] = useState(false);
  const nameOf = useNames();
  const found = inOrder(filtered(policies, { kind, of, verdict }));
  const shown = all ? found : found.slice(0, FIRST);
  const places = [...new Map(policies.map((policy) => [policy.place.code, nameOf(policy.place)]))].sort((a, b) => a[1].localeCompare(b[1]));
  const stands: Stand[] = [...WORDS, ...(policies.some((policy) => !policy.verdict) ? ["computing" as const] : [])];
  const count = (stand: Stand) => policies.filter((policy) => standOf(policy) === stand).length;
  return (
    <section id="policies">
      <h2>{t("impact-policies")}</h2>
      <p class="prose">{t("impact-policies-lead")}</p>
      <div class="controls">
        <Choice title={t("impact-kind")} value={kind} set={setKind} options={kindsOf(policies).map((one) => [one.id, `${kindTitle({ kind: one.id, kind_title: one.title })} (${one.count})`])} />
        <Choice title={t("impact-place")} value={of} set={setOf} options={places} />
        <Choice title={t("impact-verdict")} value={verdict} set={setVerdict} options={stands.map((one) => [one, `${t(`impact-word-${one}`)} (${count(one)})`])} />
        <p class="impact-count" role="status">
          {t("impact-shown", { shown: number(shown.length), all: number(policies.length) })}
        </p>
      </div>
      {found.length === 0 ? (
        <Empty>{t("impact-none-found")}</Empty>
      ) : (
        <Table key={`${kind}|${of}|${verdict}`} caption={t("impact-policies-caption")} label="title" columns={policyColumns()} rows={shown} rowKey={(row) => row.id} />
      )}
      {shown.length < found.length && (
        <div class="controls">
          <button type="button" onClick={() => setAll(true)}>
            {t("impact-all", { count: number(found.length) })}
          </button>
        </div>
      )}
    </section>
  );
}

function Choice({ title, value, set, options }: { title: string; value: string; set: (value: string) => void; options: (readonly [string, string])[] }) {
  return (
    <label class="field">
      {title}
      <select value={value} onChange={(event) => set(event.currentTarget.value)}>
        <option value="">{t("impact-any")}</option>
        {options.map(([id, said]) => (
          <option key={id} value={id}>
            {said}
          </option>
        ))}
      </select>
    </label>
  );
}

function policyColumns(): Column<PolicyBrief>[] {
  return [
    {
      id: "title",
      title: t("impact-policy"),
      cell: (row) => (
        <>
          <PolicyLink policy={row} />
          <small class="under">{kindTitle(row)}</small>
        </>
      ),
      sort: (row) => row.title,
    },
    { id: "verdict", title: t("impact-verdict"), cell: (row) => <VerdictCell of={row} />, sort: (row) => standOf(row) },
    { id: "place", title: t("impact-place"), cell: (row) => <PlaceLink place={row.place} />, sort: (row) => row.place.name },
    { id: "date", title: t("impact-date"), cell: (row) => <span class="day">{day(row.date)}</span>, sort: (row) => row.date },
    {
      id: "people",
      title: t("impact-effect"),
      // A figure that is no finding is not shown among those that are.
      cell: (row) => (row.people && row.verdict && row.verdict.word !== "cannot-be-told" ? <PeopleCell of={row.people} /> : "–"),
    },
    { id: "outcome", title: t("impact-outcome"), cell: (row) => (row.outcome ? outcomeName({ id: row.outcome, title: row.outcome_title ?? row.outcome }) : t("impact-no-outcome")), sort: (row) => row.outcome },
  ];
}

function PeopleCell({ of }: { of: NonNullable<PolicyBrief["people"]> }) {
  return (
    <>
      {peopleWords(of.effect)}
      {of.low !== null && <small class="under">{peopleRange(of)}</small>}
    </>
  );
}

function Classes({ classes }: { classes: ClassBrief[] }) {
  if (classes.length === 0) return null;
  const columns: Column<ClassBrief>[] = [
    {
      id: "title",
      title: t("impact-class"),
      cell: (row) => (
        <>
          <a href={href(`/impact/class/${encodeURIComponent(row.id)}`)} lang="en">
            {row.title}
          </a>
          <small class="under">
            <Told text={row.question} />
          </small>
        </>
      ),
      sort: (row) => row.title,
    },
    { id: "verdict", title: t("impact-verdict"), cell: (row) => <VerdictCell of={row} />, sort: (row) => standOf(row) },
    { id: "cases", title: t("impact-cases"), numeric: true, cell: (row) => number(row.cases), sort: (row) => row.cases },
    { id: "answered", title: t("impact-answered"), numeric: true, cell: (row) => number(row.answered), sort: (row) => row.answered },
  ];
  return (
    <section id="classes">
      <h2>{t("impact-classes")}</h2>
      <p class="prose">{t("impact-classes-lead")}</p>
      <Table caption={t("impact-classes-caption")} label="title" columns={columns} rows={classes} rowKey={(row) => row.id} />
    </section>
  );
}
