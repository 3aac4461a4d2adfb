import { useState } from "preact/hooks";
import type { Backtest, Forecasts } from "../../api/types";
import { AsTable } from "../../charts/AsTable";
import { Reliability, type ReliabilityBin } from "../../charts/Reliability";
import { number, percent, range } from "../../format";
import { type Column, Table } from "../../parts/Table";
import { t } from "../../words";
import { ratio, TrackRecord } from "../place/Forecast";
import { BENCHMARK, meanOf, SCORES, type Score } from "./scores";

/** How good such forecasts were: the last backtest where there is one, else what the card says. */
export function Record({ record, card }: { record: Backtest | null; card: Forecasts["card"] }) {
  const measured = "measured" in card.record ? card.record.measured : null;
  const unknown = "unknown" in card.record ? card.record.unknown : null;
  return (
    <section>
      <h2>{t("forecast-record")}</h2>
      {record ? <BacktestOf record={record} /> : <TrackRecord record={measured} unknown={unknown} />}
    </section>
  );
}

function BacktestOf({ record }: { record: Backtest }) {
  return (
    <>
      <p class="prose">
        {t("record-about", { windows: record.windows.map((window) => window.name).join(", "), units: number(record.windows[0]?.units) })}
      </p>
      <Scores record={record} />
      <div class="two">
        {record.reliability && record.reliability.length > 0 && <Reliable reliability={record.reliability} />}
        <Coverage record={record} />
      </div>
    </>
  );
}

type Model = Backtest["models"][number];

function Scores({ record }: { record: Backtest }) {
  const [score, setScore] = useState<Score>("crps");
  const benchmark = record.models.find((model) => model.name === BENCHMARK);
  const cell = (ours: number | undefined, theirs: number | undefined) =>
    ours === undefined ? (
      "–"
    ) : (
      <>
        {number(ours, 2)} <span class="figure-range">({ratio(ours, theirs)})</span>
      </>
    );
  const columns: Column<Model>[] = [
    { id: "model", title: t("record-model"), cell: (model) => <code>{model.name}</code> },
    ...record.windows.map((window, at): Column<Model> => ({
      id: window.name,
      title: window.reconstructed ? `${window.name} ${t("score-reconstructed")}` : window.name,
      numeric: true,
      cell: (model) => cell(model.windows[at]?.[score], benchmark?.windows[at]?.[score]),
      sort: (model) => model.windows[at]?.[score] ?? null,
    })),
    {
      id: "mean",
      title: t("record-mean"),
      numeric: true,
      cell: (model) => cell(meanOf(model, score), benchmark && meanOf(benchmark, score)),
      sort: (model) => meanOf(model, score) ?? null,
    },
  ];
  return (
    <>
      <div class="controls" role="group" aria-label={t("record-score")}>
        {SCORES.map((one) => (
          <button key={one} type="button" aria-pressed={one === score} onClick={() => setScore(one)}>
            {t(`score-${one}`)}
          </button>
        ))}
      </div>
      <Table
        caption={t("record-caption", { score: t(`score-${score}`) })}
        label="model"
        columns={columns}
        rows={record.models}
        rowKey={(model) => model.name}
      />
      <p class="note">
        {t(`record-note-${score}`)} {t("record-ratio")}
      </p>
    </>
  );
}

function Reliable({ reliability }: { reliability: NonNullable<Backtest["reliability"]> }) {
  const [threshold, setThreshold] = useState(reliability.find((one) => one.threshold === 25)?.threshold ?? reliability[0]!.threshold);
  const bins = reliability.find((one) => one.threshold === threshold)?.bins ?? [];
  return (
    <div>
      <h3>{t("reliability-title")}</h3>
      <div class="controls" role="group" aria-label={t("reliability-threshold")}>
        {reliability.map((one) => (
          <button key={one.threshold} type="button" aria-pressed={one.threshold === threshold} onClick={() => setThreshold(one.threshold)}>
            ≥ {number(one.threshold)}
          </button>
        ))}
      </div>
      <Reliability bins={bins} label={reliabilityLabel(threshold, bins)} across={t("reliability-said")} up={t("reliability-came")} />
      <AsTable>
        {() => <Table caption={t("reliability-title")} hideCaption columns={binColumns()} rows={bins} rowKey={(bin) => String(bin.forecast)} />}
      </AsTable>
      <p class="note">{t("reliability-note")}</p>
    </div>
  );
}

// The bin farthest outside its band says most.
function reliabilityLabel(threshold: number, bins: ReliabilityBin[]): string {
  const outside = bins.filter((bin) => bin.observed < bin.low || bin.observed > bin.high).length;
  return t("reliability-label", { threshold: number(threshold), bins: bins.length, outside });
}

function binColumns(): Column<ReliabilityBin>[] {
  return [
    { id: "said", title: t("reliability-said"), numeric: true, cell: (bin) => percent(bin.forecast) },
    { id: "came", title: t("reliability-came"), numeric: true, cell: (bin) => percent(bin.observed) },
    { id: "band", title: t("reliability-band"), numeric: true, cell: (bin) => `${percent(bin.low)} – ${percent(bin.high)}` },
    { id: "count", title: t("reliability-count"), numeric: true, cell: (bin) => number(bin.count) },
  ];
}

type Held = Model["coverage"][number];

/** How many outcomes lay within the intervals that were said to hold so many. */
function Coverage({ record }: { record: Backtest }) {
  const pool = record.models.find((model) => model.name === "pool") ?? record.models[0];
  if (!pool || pool.coverage.length === 0) return null;
  const share = ([at, low, high]: [number, number, number]) => (
    <>
      {percent(at, 1)} <span class="figure-range">({range(low * 100, high * 100)})</span>
    </>
  );
  const columns: Column<Held>[] = [
    { id: "nominal", title: t("coverage-nominal"), numeric: true, cell: (held) => percent(held.nominal, 0) },
    { id: "who", title: t("coverage-who"), cell: (held) => t(held.active ? "coverage-active" : "coverage-all") },
    { id: "randomised", title: t("coverage-randomised"), numeric: true, cell: (held) => share(held.randomised) },
    { id: "closed", title: t("coverage-closed"), numeric: true, cell: (held) => share(held.closed) },
  ];
  return (
    <div>
      <h3>{t("coverage-title")}</h3>
      <Table caption={t("coverage-caption")} columns={columns} rows={pool.coverage} rowKey={(held) => `${held.nominal}${held.active}`} />
      <p class="note">{t("coverage-note")}</p>
    </div>
  );
}
