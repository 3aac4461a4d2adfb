import { useState } from "preact/hooks";
import { useApi } from "../../api/client";
import type { Forecasts } from "../../api/types";
import { month } from "../../format";
import { Download } from "../../parts/Download";
import { Heading } from "../../parts/Heading";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Empty, Failed, Loading } from "../../parts/States";
import { href } from "../../router";
import { t } from "../../words";
import { untold } from "../place/Forecast";
import { Card } from "./Card";
import { ForecastList } from "./List";
import { Record } from "./Record";
import "../shared.css";
import "./forecasts.css";

export default function ForecastsPage() {
  const api = useApi<Forecasts>("/api/v1/forecasts");
  return (
    <>
      <Heading title={t("forecasts-title")} />
      <p class="lead">{t("forecasts-lead")}</p>
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {api.state === "loading" && <Loading lines={10} />}
      {api.state === "ready" && <All forecasts={api.data} />}
    </>
  );
}

function All({ forecasts }: { forecasts: Forecasts }) {
  const { card, list, record } = forecasts;
  return (
    <>
      {card.replay && (
        <p class="replay inset" role="note">
          <strong>{t("replay-word")}</strong> {t("forecast-replay", { origin: month(card.origin) })}
        </p>
      )}
      {list.length === 0 ? <Empty>{t("forecasts-none")}</Empty> : <Filtered forecasts={forecasts} />}
      <Download path="/api/v1/forecasts" sources={card.sources} title={card.title} />
      <Reading />
      <Record record={record} card={card} />
      <Card card={card} />
      <Sources sources={card.sources} heading="h2" />
      <Notes notes={untold(card.notes)} />
    </>
  );
}

function Filtered({ forecasts }: { forecasts: Forecasts }) {
  const [text, setText] = useState("");
  return (
    <>
      <div class="controls">
        <label class="field">
          {t("forecasts-filter")}
          <input type="text" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
      </div>
      <ForecastList list={forecasts.list} text={text} />
    </>
  );
}

/** How the list must be read, before the measures of how good it is. */
function Reading() {
  return (
    <section class="prose">
      <h2>{t("forecasts-reading")}</h2>
      <ul>
        {["chance", "interval", "totals", "misses", "advice"].map((point) => (
          <li key={point}>{t(`forecasts-reading-${point}`)}</li>
        ))}
      </ul>
      <p>
        <a href={href("/methods/forecasts")}>{t("place-method")}</a>
      </p>
    </section>
  );
}
