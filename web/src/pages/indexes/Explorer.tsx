import { useEffect, useRef, useState } from "preact/hooks";
import type { IndexAnswer } from "../../api/types";
import { Download } from "../../parts/Download";
import { Heading } from "../../parts/Heading";
import { Picker } from "../../parts/Picker";
import { Notes, Sources } from "../../parts/SourcePanel";
import { Failed, Loading } from "../../parts/States";
import { href, setQuery, useQuery } from "../../router";
import { indexName, t } from "../../words";
import { About } from "./About";
import { Highlight, Ranks } from "./Ranks";
import { SensitivityOf } from "./Sensitivity";
import { Tree } from "./Tree";
import { type Built, useBuilt } from "./useBuilt";
import { formatWeights, ownWeights, parseWeights, sameValues, type Weights } from "./weights";

export function Explorer({ recipe }: { recipe: string }) {
  const [period] = useQuery("period");
  const [weights] = useQuery("w");
  const built = useBuilt(recipe, period, weights);
  const { own, now } = built;
  return (
    <>
      <Heading title={indexName(recipe, own.data?.title ?? recipe)} />
      <p class="note">
        <a href={href("/index")}>{t("indexes-all")}</a>
      </p>
      {own.state === "error" && <Failed error={own.error} retry={own.retry} />}
      {own.state === "loading" && !own.data && <Loading lines={10} />}
      {own.data && now && <Opened recipe={recipe} own={own.data} now={now} built={built} />}
    </>
  );
}

function Opened({ recipe, own, now, built }: { recipe: string; own: IndexAnswer; now: IndexAnswer; built: Built }) {
  const [place] = useQuery("place");
  const [draft, setDraft] = useDraft(own);
  const changed = Object.keys(draft).length > 0;
  const path = `/api/v1/indices/${encodeURIComponent(recipe)}`;
  return (
    <>
      <p class="prose">
        <About recipe={recipe} text={own.description} />
      </p>
      <p class="trades">{t("index-trades")}</p>
      <div class="controls">
        <Periods answer={own} />
        <div class="field">
          {t("indexes-highlight")}
          <Picker label={t("search-place")} onPick={(picked) => setQuery({ place: picked })} />
        </div>
        <button type="button" disabled={!changed} onClick={() => setDraft({})}>
          {t("indexes-reset")}
        </button>
      </div>
      <div class="explorer" aria-busy={built.computing}>
        <Tree own={own} now={now} draft={draft} setDraft={setDraft} />
        <div>
          {built.error && <Failed error={built.error} />}
          <p class="note" role="status">
            {status(built, own, now)}
          </p>
          {place && <Highlight place={place} own={own} now={now} />}
          <Ranks own={own} now={now} place={place} />
        </div>
      </div>
      <Download path={path} query={`period=${own.period}`} sources={own.sources} title={`${indexName(recipe, own.title)}, ${own.period}`} />
      {now.changed && <p class="note">{t("indexes-download-own")}</p>}
      <SensitivityOf recipe={recipe} period={own.period} varied={own.interval !== null} />
      <Sources sources={own.sources} heading="h2" />
      <h2>{t("indexes-notes")}</h2>
      <Notes notes={own.caveats} />
      <details>
        <summary>{t("indexes-made")}</summary>
        <Notes notes={own.notes} />
      </details>
    </>
  );
}

function status(built: Built, own: IndexAnswer, now: IndexAnswer): string {
  if (built.computing) return t("indexes-computing");
  if (now.changed && sameValues(own.places, now.places)) return t("indexes-no-effect");
  return t(now.changed ? "indexes-by-yours" : "indexes-by-own");
}

function Periods({ answer }: { answer: IndexAnswer }) {
  return (
    <label class="field">
      {t("place-period")}
      <select value={answer.period} onChange={(event) => setQuery({ period: event.currentTarget.value }, { replace: false })}>
        {[...answer.periods].reverse().map((period) => (
          <option key={period} value={period}>
            {period}
          </option>
        ))}
      </select>
    </label>
  );
}

/**
 * The weights as they are being set. They go into the address, and so to the server, once they have rested: a slider
 * that is drawn must not ask for fifty indices.
 */
function useDraft(own: IndexAnswer): [Weights, (weights: Weights) => void] {
  const [weights] = useQuery("w");
  const [draft, setDraft] = useState(() => parseWeights(weights));
  const written = useRef(weights);
  useEffect(() => {
    if (weights !== written.current) setDraft(parseWeights(weights));
    written.current = weights;
  }, [weights]);
  useEffect(() => {
    const text = formatWeights(draft, ownWeights(own.tree));
    if (text === written.current) return;
    const timer = setTimeout(() => {
      written.current = text;
      setQuery({ w: text });
    }, 350);
    return () => clearTimeout(timer);
  }, [draft, own]);
  return [draft, setDraft];
}
