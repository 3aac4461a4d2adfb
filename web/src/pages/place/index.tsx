import { useMemo } from "preact/hooks";
import { useApi } from "../../api/client";
import type { ImpactOfPlace } from "../../api/impact";
import type { PlaceAnswer, Status } from "../../api/types";
import { day, period as periodName } from "../../format";
import { Download } from "../../parts/Download";
import { Heading } from "../../parts/Heading";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Failed, Loading } from "../../parts/States";
import { href, useQuery } from "../../router";
import type { PageProps } from "../../routes";
import { t } from "../../words";
import { PoliciesOf, usePoliciesOf } from "../impact/OfPlace";
import { type Page, usePage } from "./about";
import { Brief } from "./Brief";
import { Communities } from "./Communities";
import { Contents } from "./Contents";
import { DeathsByMonth, WhoDidIt } from "./Deaths";
import { Displacement } from "./Displacement";
import { Events } from "./Events";
import { ForecastOf } from "./Forecast";
import { Headline } from "./Headline";
import { Indices } from "./Indices";
import { AllFigures, KeyFigures } from "./KeyFigures";
import { Aid, Changes, Missing, Treaties } from "./Record";
import { Section } from "./Section";
import { Threats, Years } from "./Threats";
import "../shared.css";
import "./place.css";

export default function PlacePage({ params }: PageProps) {
  const code = params.place ?? "";
  const [period] = useQuery("period");
  const path = `/api/v1/places/${encodeURIComponent(code)}`;
  const api = useApi<PlaceAnswer>(period ? `${path}?period=${encodeURIComponent(period)}` : path);
  // While another period loads, the one before stays; another place must not look like this one.
  const answer = api.state === "ready" || api.data?.place === code ? api.data : null;
  const page = usePage(answer);
  const policies = usePoliciesOf(answer ?? { place: code, kind: null });
  if (api.state === "error")
    return (
      <>
        <Heading title={code} />
        <Failed error={api.error} retry={api.retry} />
      </>
    );
  if (!page)
    return (
      <>
        <Heading title={code} />
        <Loading lines={10} />
      </>
    );
  return (
    <>
      <div class="place-page" aria-busy={api.state === "loading"}>
        <Top page={page} path={path} policies={policies} />
        <Body page={page} policies={policies} />
      </div>
      <Brief page={page} />
    </>
  );
}

interface Parts {
  page: Page;
  policies: ImpactOfPlace | null;
}

function Top({ page, path, policies }: Parts & { path: string }) {
  const { answer, name } = page;
  // The contents are read off anew when either has come.
  const shown = useMemo(() => ({ page, policies }), [page, policies]);
  return (
    <>
      <Heading title={`${name}, ${periodName(answer.period)}`}>
        {name} <span class="code">{answer.place}</span>
      </Heading>
      <Joined page={page} />
      <div class="controls place-controls">
        <PeriodChooser period={answer.period} />
        <button type="button" onClick={() => window.print()}>
          {t("place-print")}
        </button>
        <a class="chip" href={href("/compare", { places: answer.place })}>
          {t("place-compare")}
        </a>
        {answer.kind !== "world" && (
          <a class="chip" href={href(`/ladder/${answer.place}`)}>
            {t("place-ladder")}
          </a>
        )}
        {answer.kind === "country" && (
          <a class="chip" href={href(`/agenda/party/${answer.place}`)}>
            {t("nav-agenda")}
          </a>
        )}
      </div>
      <Download path={path} query={`period=${answer.period}`} sources={answer.sources} title={`${name}, ${answer.period}`} />
      <Contents of={shown} />
      {answer.unfinished && (
        <p class="replay inset" role="note">
          {t("place-unfinished", { period: periodName(answer.period) })}
        </p>
      )}
      {answer.reconstructed && (
        <p class="replay inset" role="note">
          {t("place-reconstructed")}
        </p>
      )}
    </>
  );
}

/** Where a source counts several places as one, each points to the other. */
function Joined({ page }: { page: Page }) {
  const { parts, of } = page.answer;
  if (parts.length + of.length === 0) return null;
  const link = (place: string) => (
    <a key={place} href={href(`/place/${place}`, { period: page.answer.period })}>
      {place}{" "}
    </a>
  );
  return (
    <p class="note">
      {parts.length > 0 && (
        <>
          {t("place-parts")} {parts.map(link)}
        </>
      )}
      {of.length > 0 && (
        <>
          {t("place-of")} {of.map(link)}
        </>
      )}
    </p>
  );
}

function PeriodChooser({ period }: { period: string }) {
  const [, setPeriod] = useQuery("period");
  const periods = useApi<Status>("/api/v1/status").data?.periods ?? [];
  const all = periods.includes(period) ? periods : [...periods, period];
  return (
    <label class="field">
      {t("place-period")}
      <select value={period} onChange={(event) => setPeriod(event.currentTarget.value, { replace: false })}>
        {[...all].reverse().map((one) => (
          <option key={one} value={one}>
            {periodName(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Body({ page, policies }: Parts) {
  const { answer } = page;
  return (
    <>
      <div class="place-first">
        <Headline page={page} />
        <KeyFigures page={page} />
      </div>
      <div class="place-grid">
        {answer.kind !== "world" && <DeathsByMonth page={page} />}
        <div>
          <WhoDidIt page={page} />
          <Years page={page} />
        </div>
        <Threats page={page} />
        <Displacement page={page} />
        <Indices page={page} />
        {answer.kind !== "world" && <ForecastOf page={page} />}
        <Communities page={page} />
        <Events page={page} />
        <Section id="figures" title={t("place-all-figures")} wide>
          <AllFigures page={page} />
          <Marks />
        </Section>
        <Aid page={page} />
        <Treaties page={page} />
        <PoliciesOf of={policies} name={page.name} />
        <Changes page={page} />
        <Missing page={page} />
      </div>
      <Sources sources={answer.sources} heading="h2" />
      <Notes notes={answer.notes} />
      {answer.replay && <p class="note">{t("place-data-end", { day: day(answer.replay) })}</p>}
    </>
  );
}

function Marks() {
  return <p class="note">{t("place-marks")}</p>;
}
