import type { ComponentChildren } from "preact";
import type { Examination, ImpactAnswer } from "../../api/impact";
import { day, number, percent, period } from "../../format";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Told } from "../../parts/Told";
import { t } from "../../words";
import { Contents } from "../place/Contents";
import { Section } from "../place/Section";
import { Checks } from "./Checks";
import { isTold, Keep, outcomeDefinition, outcomeName, outcomeUnit, PlaceLink, SourceOf, VerdictBox } from "./Common";
import { Donors } from "./Donors";
import { Effect } from "./Effect";
import { CourseOf, GapOf } from "./Periods";
import { InSpace, InTime } from "./Placebos";
import { LeftOutOf, OtherMethods } from "./Robust";
import { kindTitle, methodTitle } from "./say";
import "../../charts/charts.css";
import "../shared.css";
import "../place/place.css";
import "./impact.css";

/** What each part of an answer needs. */
export interface Examined {
  answer: ImpactAnswer;
  of: Examination;
}

/** A question with its verdict, and everything that speaks for and against it. It is printed as it stands. */
export function Answer({ answer, json, csv }: { answer: ImpactAnswer; json: string; csv: string }) {
  const of = answer.examination;
  return (
    <div class="impact-answer">
      <p class="prose impact-question">
        <Told text={answer.question} />
      </p>
      <VerdictBox verdict={answer.verdict}>{of?.people && isTold(of) && <Effect answer={answer} of={of} brief />}</VerdictBox>
      <Keep json={json} csv={csv} title={answer.title} sources={answer.sources} />
      <Contents of={answer} />
      <Asked answer={answer} />
      {of ? <Found answer={answer} of={of} /> : <Donors answer={answer} of={null} />}
      <Sources sources={answer.sources} heading="h2" />
      <Notes notes={answer.notes} />
      <p class="note impact-made">
        {t("disclaimer-people")} {t("sheet-made", { day: day(new Date().toISOString()) })} <span class="address">{window.location.href}</span>
      </p>
    </div>
  );
}

/** Where it cannot be told, what was checked comes before what the method gives. */
function Found({ answer, of }: Examined) {
  const told = isTold(of);
  const checks = <Checks key="checks" answer={answer} of={of} />;
  const donors = <Donors key="donors" answer={answer} of={of} />;
  const effect = of.fit && (
    <Section key="effect" id="effect" title={t("impact-effect")} wide>
      <Effect answer={answer} of={of} />
    </Section>
  );
  const periods = [<CourseOf key="course" answer={answer} of={of} />, <GapOf key="gap" answer={answer} of={of} />];
  const doubts = [
    <InSpace key="space" answer={answer} of={of} />,
    <InTime key="time" answer={answer} of={of} />,
    <LeftOutOf key="left-out" answer={answer} of={of} />,
    <OtherMethods key="methods" answer={answer} of={of} />,
  ];
  return (
    <>
      {told ? (
        [effect, ...periods, checks, donors, ...doubts]
      ) : (
        <>
          {checks}
          {donors}
          {of.fit ? <NoFinding beforehand={of.gates.checks.some((check) => !check.holds)}>{[effect, ...periods, ...doubts]}</NoFinding> : [...periods, ...doubts]}
        </>
      )}
      <Caveats of={of.caveats} />
    </>
  );
}

/** What a method gives where it cannot be told: set apart from what is found. */
export function NoFinding({ beforehand, children }: { beforehand: boolean; children: ComponentChildren }) {
  return (
    <div class="impact-no-finding">
      <p class="replay inset" role="note">
        <b>{t("impact-no-finding")}</b> {t(beforehand ? "impact-no-finding-beforehand" : "impact-no-finding-after")}
      </p>
      {children}
    </div>
  );
}

export function Caveats({ of }: { of: string[] }) {
  if (of.length === 0) return null;
  return (
    <Section id="caveats" title={t("impact-caveats")} wide>
      <ul class="prose">
        {of.map((one) => (
          <li key={one}>
            <Told text={one} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What exactly was asked. */
function Asked({ answer }: { answer: ImpactAnswer }) {
  const { policy, outcome, examination: of } = answer;
  const facts: [string, ComponentChildren][] = [
    [t("impact-policy"), policy && <><span lang="en">{policy.title}</span> ({kindTitle(policy)})</>],
    [t("impact-place"), <PlaceLink key="place" place={answer.place} />],
    [t("impact-from"), period(answer.from)],
    [t("impact-ended"), policy?.until ? period(policy.until) : null],
    [t("impact-policy-source"), policy && <SourceOf source={policy.source} checked={policy.checked} />],
    [t("impact-because-of-harm"), policy?.because_of_harm ? t("impact-because-of-harm-said") : null],
    [t("impact-outcome"), <><b>{outcomeName(outcome)}</b>, {outcomeUnit(outcome)}. <Told key="outcome" text={outcomeDefinition(outcome)} /></>],
    [t("impact-after"), answer.first_after && answer.last_after ? t("impact-periods", { first: period(answer.first_after), last: period(answer.last_after) }) : null],
    [t("impact-before"), of && of.pre > 0 ? t("impact-periods-count", { first: period(of.times[0]!), last: period(of.times[of.pre - 1]!), count: of.pre }) : null],
    [t("impact-aside"), answer.set_aside.length > 0 ? answer.set_aside.map(period).join(", ") : null],
    [t("impact-method"), t("impact-method-said", { method: methodTitle(answer.method), said: t(`impact-method-${answer.method}-said`) })],
    [t("impact-held-against"), t(answer.episodes ? "impact-donors-episodes" : "impact-donors-places", { count: answer.donors.filter((donor) => donor.used).length, said: number(answer.donors.filter((donor) => donor.used).length) })],
    [t("impact-margin-head"), answer.verdict.margin === null ? t("impact-no-margin") : percent(answer.verdict.margin, 0)],
  ];
  return (
    <Section id="asked" title={t("impact-asked")} wide>
      <dl class="why">
        {facts
          .filter(([, fact]) => fact !== null && fact !== "")
          .map(([title, fact]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
      </dl>
    </Section>
  );
}
