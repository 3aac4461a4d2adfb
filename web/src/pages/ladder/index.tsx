import { useState } from "preact/hooks";
import { useApi } from "../../api/client";
import type { Ladder, Warnings } from "../../api/types";
import { day, month, percent } from "../../format";
import { Heading } from "../../parts/Heading";
import { Picker, usePlaces } from "../../parts/Picker";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Empty, Failed, Loading } from "../../parts/States";
import { Told } from "../../parts/Told";
import { href, navigate } from "../../router";
import type { PageProps } from "../../routes";
import { has, placeName, t } from "../../words";
import { BLANK, type Draft } from "./draft";
import { reviewOf, Steps } from "./Form";
import { Picture } from "./Picture";
import { Rungs } from "./Rungs";
import { TimeHatch } from "./TimeBar";
import { Timeline } from "./Timeline";
import { Label, Reasons } from "./Warned";
import "../../charts/charts.css";
import "../shared.css";
import "./ladder.css";

export default function LadderPage({ params }: PageProps) {
  return params.place ? <OfPlace key={params.place} code={params.place} /> : <Choose />;
}

function PlacePicker() {
  return (
    <div class="controls">
      <Picker label={t("ladder-place")} onPick={(place) => navigate(`/ladder/${place}`)} />
    </div>
  );
}

/** Without a place: a place to be found, and those where a trigger stands. */
function Choose() {
  const api = useApi<Warnings>("/api/v1/warnings");
  const places = usePlaces();
  const standing = [...new Map((api.data?.list ?? []).map((one) => [one.place, one])).values()];
  return (
    <>
      <Heading title={t("ladder-title")} />
      <p class="lead">{t("ladder-lead")}</p>
      <PlacePicker />
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {api.state === "loading" && <Loading />}
      {api.state === "ready" && (
        <>
          <Label of={api.data} />
          <h2>{t("ladder-standing")}</h2>
          {standing.length === 0 && <Empty>{t("warnings-none")}</Empty>}
          <ul class="ladder-places">
            {standing.map((one) => (
              <li key={one.place}>
                <a href={href(`/ladder/${one.place}`)}>{placeName(places.get(one.place) ?? one)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function OfPlace({ code }: { code: string }) {
  const api = useApi<Ladder>(`/api/v1/ladder/${encodeURIComponent(code)}`);
  const places = usePlaces();
  const ladder = api.data?.place === code ? api.data : null;
  const name = placeName(places.get(code) ?? ladder ?? { place: code, name: code });
  return (
    <>
      <Heading title={t("ladder-title-of", { name })}>
        {t("ladder-title-of", { name })} <span class="ladder-code">{code}</span>
      </Heading>
      <PlacePicker />
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {!ladder && api.state !== "error" && <Loading lines={10} />}
      {ladder && <All ladder={ladder} />}
    </>
  );
}

function All({ ladder }: { ladder: Ladder }) {
  const [draft, setDraft] = useState<Draft>(BLANK);
  const propose = (option: string) => {
    setDraft({ ...BLANK, by: draft.by, option, expires: reviewOf(ladder, option) });
    const section = document.getElementById("steps");
    section?.scrollIntoView();
    section?.querySelector<HTMLElement>("[name=by]")?.focus({ preventScroll: true });
  };
  return (
    <>
      <Label of={ladder} />
      <div class="controls">
        <a class="chip" href={href(`/ladder/${ladder.place}/brief`)}>
          {t("ladder-brief")}
        </a>
        <a class="chip" href={href(`/place/${ladder.place}`)}>
          {t("ladder-to-place")}
        </a>
        <a class="chip" href={href("/warnings")}>
          {t("nav-warnings")}
        </a>
      </div>
      <Situation ladder={ladder} />
      <section id="rungs">
        <h2>{t("ladder-rungs")}</h2>
        <p class="prose">{t("ladder-reading")}</p>
        <TimeHatch />
        <div class="ladder-two">
          <Picture rungs={ladder.rungs} />
          <div>
            <Rungs ladder={ladder} propose={ladder.writable ? propose : undefined} />
          </div>
        </div>
      </section>
      <Steps ladder={ladder} draft={draft} setDraft={setDraft} />
      <Timeline ladder={ladder} />
      <Sources sources={ladder.sources} heading="h2" />
      <Notes notes={ladder.notes} />
    </>
  );
}

function Situation({ ladder }: { ladder: Ladder }) {
  const phase = ladder.phase && (has(`phase-${ladder.phase}`) ? t(`phase-${ladder.phase}`) : ladder.phase);
  return (
    <section id="standing">
      <h2>{t("ladder-warnings")}</h2>
      <dl class="why">
        <div>
          <dt>{t("ladder-as-of")}</dt>
          <dd>
            {day(ladder.as_of)}
            {ladder.origin && `; ${t("ladder-origin", { month: month(ladder.origin) })}`}
          </dd>
        </div>
        <div>
          <dt>{t("ladder-phase-now")}</dt>
          <dd>
            {phase && <b>{phase}. </b>}
            <Told text={ladder.phase_told} />
          </dd>
        </div>
        <div>
          <dt>{t("ladder-window")}</dt>
          <dd>{ladder.window ? t("ladder-window-of", { from: day(ladder.window.from), to: day(ladder.window.to), days: ladder.window.days }) : t("ladder-window-none")}</dd>
        </div>
      </dl>
      {ladder.warnings.length === 0 && <p>{t("ladder-no-warning")}</p>}
      <ul class="ladder-warnings">
        {ladder.warnings.map((one) => (
          <li key={one.trigger}>
            <b>{t(`warned-${one.kind}`)}</b>
            {t("colon")} <span lang="en">{one.title}</span>
            {one.chance !== null && ` (${percent(one.chance)})`}
            <Reasons reasons={one.reasons} />
          </li>
        ))}
      </ul>
      <Facts title={t("sheet-situation")} facts={ladder.situation} ladder={ladder} />
      <Facts title={t("sheet-forecast")} facts={ladder.forecast} ladder={ladder} />
    </section>
  );
}

function Facts({ title, facts, ladder }: { title: string; facts: Ladder["situation"]; ladder: Ladder }) {
  if (facts.length === 0) return null;
  const titles = (ids: string[]) => ids.map((id) => ladder.sources.find((source) => source.id === id)?.title ?? id).join("; ");
  return (
    <details class="ladder-facts">
      <summary>{title}</summary>
      <ul>
        {facts.map((fact) => (
          <li key={fact.said}>
            <Told text={fact.said} /> <small lang="en">{titles(fact.sources)}</small>
          </li>
        ))}
      </ul>
    </details>
  );
}
