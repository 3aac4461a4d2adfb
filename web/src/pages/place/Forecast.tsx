import { useState } from "preact/hooks";
import { useApi } from "../../api/client";
import type { Ahead, PlaceForecast, Status, WindowRecord } from "../../api/types";
import { AsTable } from "../../charts/AsTable";
import { Fan } from "../../charts/Fan";
import { monthNumber } from "../../charts/months";
import type { ScaleKind } from "../../charts/scales";
import { month, number, percent, range } from "../../format";
import { Notes } from "../../parts/SourcePanel";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { href } from "../../router";
import { has, t } from "../../words";
import type { Page } from "./about";
import { From, Section } from "./Section";

export function ForecastOf({ page }: { page: Page }) {
  const { forecast } = page.answer;
  const making = useApi<Status>("/api/v1/status").data?.has.forecast === false;
  if (!forecast)
    return (
      <Section id="forecast" title={t("place-forecast")} wide>
        <p class="note">{t(making ? "forecast-making" : "brief-no-forecast")}</p>
      </Section>
    );
  return (
    <Section id="forecast" title={t("place-forecast")} wide>
      {forecast.replay && (
        <p class="replay inset" role="note">
          <strong>{t("replay-word")}</strong> {t("forecast-replay", { origin: month(forecast.origin) })}
        </p>
      )}
      <FanWithScale forecast={forecast} name={page.name} />
      <Chances forecast={forecast} />
      <h3>{t("forecast-why")}</h3>
      <Why why={forecast.why} />
      <h3>{t("forecast-record")}</h3>
      <TrackRecord record={forecast.record} unknown={forecast.record_unknown} />
      <p class="note">
        {t("forecast-advice")} <a href={href("/methods/forecasts")}>{t("place-method")}</a>
      </p>
      <Notes notes={untold(forecast.notes)} />
      <p class="note">
        <Told text={forecast.counted} />
      </p>
      <From of={forecast.sources} titles={forecast.sources} />
    </Section>
  );
}

/** The notes without those that the page tells in the reader's language. */
export function untold(notes: string[]): string[] {
  return notes.filter((note) => !/^(Advice, not a decision|The data end in)/.test(note));
}

function FanWithScale({ forecast, name }: { forecast: PlaceForecast; name: string }) {
  const [kind, setKind] = useState<ScaleKind>("log1p");
  return (
    <>
      <div class="controls" role="group" aria-label={t("forecast-scale")}>
        {(["log1p", "sqrt"] as const).map((one) => (
          <button key={one} type="button" aria-pressed={kind === one} onClick={() => setKind(one)}>
            {t(`forecast-scale-${one}`)}
          </button>
        ))}
      </div>
      <Fan from={forecast.history.from} history={forecast.history.values} months={forecast.months} kind={kind} label={fanLabel(forecast, name)} />
      <FanKeys />
      <AsTable>
        {() => (
          <Table
            caption={t("place-forecast")}
            hideCaption
            label="months"
            columns={aheadColumns()}
            rows={forecast.months}
            rowKey={(ahead) => ahead.from}
          />
        )}
      </AsTable>
    </>
  );
}

export function FanKeys() {
  return (
    <ul class="chart-keys">
      <li>
        <i class="swatch" style={{ background: "var(--series-1)" }} />
        {t("forecast-key-history")}
      </li>
      <li>
        <i class="swatch" style={{ background: "var(--series-3)" }} />
        {t("forecast-key-median")}
      </li>
      <li>
        <i class="swatch" style={{ background: "var(--series-3)", opacity: 0.55 }} />
        {t("forecast-key-50")}
      </li>
      <li>
        <i class="swatch" style={{ background: "var(--series-3)", opacity: 0.25 }} />
        {t("forecast-key-90")}
      </li>
    </ul>
  );
}

export function fanLabel(forecast: PlaceForecast, name: string): string {
  const next = forecast.months[0];
  if (!next) return name;
  return t("forecast-label", {
    name,
    month: month(next.from),
    median: number(next.median),
    range: range(next.low_90, next.high_90),
    chance: percent(next.p_25),
  });
}

/** The next month and the totals after it: how many, and with what chance at least so many. */
function Chances({ forecast }: { forecast: PlaceForecast }) {
  const rows = [...forecast.months.slice(0, 1), ...forecast.totals];
  return <Table caption={t("forecast-totals")} label="months" columns={aheadColumns()} rows={rows} rowKey={(ahead) => ahead.from + ahead.to} />;
}

export function spanOf(ahead: Pick<Ahead, "from" | "to">): string {
  const months = monthNumber(ahead.to) - monthNumber(ahead.from) + 1;
  return months === 1 ? month(ahead.from, "short") : t("forecast-span", { months, to: month(ahead.to, "short") });
}

function aheadColumns(): Column<Ahead>[] {
  const count = (id: string, title: string, cell: (ahead: Ahead) => string): Column<Ahead> => ({ id, title, numeric: true, cell });
  return [
    { id: "months", title: t("forecast-months"), cell: (ahead) => <span class="nowrap">{spanOf(ahead)}</span> },
    count("median", t("forecast-median"), (ahead) => number(ahead.median)),
    count("half", t("forecast-50"), (ahead) => range(ahead.low_50, ahead.high_50)),
    count("most", t("forecast-90"), (ahead) => range(ahead.low_90, ahead.high_90)),
    count("mean", t("forecast-mean"), (ahead) => number(ahead.mean)),
    ...([1, 25, 100, 1000] as const).map((least) =>
      count(`p${least}`, t("forecast-p", { least: number(least) }), (ahead) => percent(ahead[`p_${least}`])),
    ),
  ];
}

export function Why({ why }: { why: PlaceForecast["why"] }) {
  return (
    <dl class="why">
      {why.map(({ driver, said }) => (
        <div key={driver}>
          <dt>{driverName(driver)}</dt>
          <dd>
            <Told text={said} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function driverName(driver: string): string {
  const id = `driver-${driver.replace(/[^a-z0-9]+/gi, "-")}`;
  return has(id) ? t(id) : driver;
}

const SCORES = [
  { id: "crps", decimals: 2 },
  { id: "ign", decimals: 2 },
];

/** How good such forecasts were, by window, against the benchmark: the place's own last twelve months. */
export function TrackRecord({ record, unknown }: { record: WindowRecord[] | null; unknown: string | null }) {
  if (!record || record.length === 0) return <p lang={unknown ? "en" : undefined}>{unknown ?? t("forecast-record-none")}</p>;
  return (
    <>
      <Table caption={t("forecast-record-caption")} label="window" columns={recordColumns()} rows={record} rowKey={(window) => window.window} />
      <p class="note">{t("forecast-record-note")}</p>
    </>
  );
}

function recordColumns(): Column<WindowRecord>[] {
  const score = (id: string, decimals: number): Column<WindowRecord>[] => [
    { id, title: t(`score-${id}`), numeric: true, cell: (window) => number(window.pool[id], decimals) },
    { id: `${id}-benchmark`, title: t("score-benchmark"), numeric: true, cell: (window) => number(window.country12[id], decimals) },
    { id: `${id}-ratio`, title: t("score-ratio"), numeric: true, cell: (window) => ratio(window.pool[id], window.country12[id]) },
  ];
  return [
    {
      id: "window",
      title: t("score-window"),
      cell: (window) => (window.reconstructed ? `${window.window} ${t("score-reconstructed")}` : window.window),
    },
    ...SCORES.flatMap(({ id, decimals }) => score(id, decimals)),
  ];
}

export function ratio(ours: number | undefined, theirs: number | undefined): string {
  return ours === undefined || !theirs ? "–" : `${number(ours / theirs, 2)} ×`;
}
