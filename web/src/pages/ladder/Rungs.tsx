import type { Ladder, Rung, Tier } from "../../api/types";
import { number } from "../../format";
import { Told } from "../../parts/Told";
import { useQuery } from "../../router";
import { t } from "../../words";
import { OptionTitle, optionTitle, sitesOf, Status, STATUSES, TIERS, TIMINGS, timingWord } from "./Marks";
import { RungBody } from "./RungBody";
import { TimeAxis, TimeBar, TimeKeys } from "./TimeBar";

interface Props {
  ladder: Ladder;
  /** Begins a proposal of the option; absent where nothing can be written. */
  propose?: (option: string) => void;
}

/** Every rung, soft to hard, each against the window. A filter sets rungs aside, but names them: none is hidden. */
export function Rungs({ ladder, propose }: Props) {
  const [status, setStatus] = useQuery("status");
  const [timing, setTiming] = useQuery("timing");
  const matches = (rung: Rung) => (!status || rung.status === status) && (!timing || rung.timing === timing);
  const shown = ladder.rungs.filter(matches);
  return (
    <>
      <div class="controls">
        <label class="field">
          {t("ladder-filter-status")}
          <select value={status} onChange={(event) => setStatus(event.currentTarget.value)}>
            <option value="">{t("ladder-filter-all")}</option>
            {STATUSES.map((one) => (
              <option key={one} value={one}>
                {t(`rung-status-${one}`)} ({ladder.rungs.filter((rung) => rung.status === one).length})
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          {t("ladder-filter-timing")}
          <select value={timing} onChange={(event) => setTiming(event.currentTarget.value)}>
            <option value="">{t("ladder-filter-all")}</option>
            {TIMINGS.map((one) => (
              <option key={one} value={one}>
                {timingWord(one)} ({ladder.rungs.filter((rung) => rung.timing === one).length})
              </option>
            ))}
          </select>
        </label>
        <p class="ladder-count" role="status">
          {t("ladder-count", { shown: number(shown.length), all: number(ladder.rungs.length) })}
        </p>
      </div>
      <TimeKeys window={ladder.window} />
      {TIERS.map((tier) => (
        <TierOf key={tier} tier={tier} ladder={ladder} matches={matches} propose={propose} />
      ))}
    </>
  );
}

function TierOf({ tier, ladder, matches, propose }: Props & { tier: Tier; matches: (rung: Rung) => boolean }) {
  const all = ladder.rungs.filter((rung) => rung.tier === tier);
  const shown = all.filter(matches);
  const aside = all.filter((rung) => !matches(rung));
  const note = all.find((rung) => rung.hard_note)?.hard_note;
  if (all.length === 0) return null;
  return (
    <section class={`tier ${tier}`} aria-labelledby={`tier-${tier}`}>
      <header class="tier-head">
        <h3 id={`tier-${tier}`}>{t(`tier-${tier}`)}</h3>
        {shown.length > 0 && <TimeAxis window={ladder.window} />}
      </header>
      {note && (
        <p class="note">
          <Told text={note} />
        </p>
      )}
      {shown.length > 0 && (
        <ol class="rungs" aria-labelledby={`tier-${tier}`}>
          {shown.map((rung) => (
            <li key={rung.id} id={rung.id} class={`rung ${rung.status}`} data-status={rung.status} data-timing={rung.timing ?? "none"}>
              <Line rung={rung} ladder={ladder} propose={propose} />
            </li>
          ))}
        </ol>
      )}
      {aside.length > 0 && (
        <p class="note aside">
          {t("ladder-aside")} {aside.map((rung) => `${rung.id} ${optionTitle(rung)} (${t(`rung-status-${rung.status}`)}, ${timingWord(rung.timing)})`).join("; ")}.
        </p>
      )}
    </section>
  );
}

function Line({ rung, ladder, propose }: Props & { rung: Rung }) {
  const sites = sitesOf(rung);
  return (
    <details>
      <summary>
        <span class="rung-id">{rung.id}</span>
        <span class="rung-words">
          <span class="rung-title">
            <OptionTitle option={rung} />
          </span>
          <Status rung={rung} />
          {sites && <small>{sites}</small>}
        </span>
        <span class="rung-time">
          <TimeBar rung={rung} window={ladder.window} />
          <small>
            <span lang="en">{rung.lead.told}</span> · {timingWord(rung.timing)}
          </small>
        </span>
      </summary>
      <RungBody rung={rung} propose={propose} />
    </details>
  );
}
