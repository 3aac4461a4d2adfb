import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useApi } from "../../api/client";
import type { Fact, Ladder, LogEntry, Rung, RungStatus, Tier } from "../../api/types";
import { day, month } from "../../format";
import { Heading } from "../../parts/Heading";
import { usePlaces } from "../../parts/Picker";
import { Failed, Loading } from "../../parts/States";
import { Told } from "../../parts/Told";
import { href } from "../../router";
import type { PageProps } from "../../routes";
import { language, placeName, t } from "../../words";
import { type Numbered, numbered, OURS } from "./sources";
import { OptionTitle, reasonOf, sitesOf, STATUSES, StatusShape, TIERS, timingWord } from "./Marks";
import { isOpen } from "./threads";
import { answerWord, stateWord, Who } from "./Timeline";
import "./ladder.css";
import "./sheet.css";

/** A place on one sheet of A4, to be taken to a meeting. */
export default function BriefPage({ params }: PageProps) {
  const code = params.place ?? "";
  const api = useApi<Ladder>(`/api/v1/ladder/${encodeURIComponent(code)}`);
  const places = usePlaces();
  const ladder = api.data?.place === code ? api.data : null;
  if (api.state === "error" || !ladder)
    return (
      <>
        <Heading title={t("sheet-title-of", { name: code })} />
        {api.state === "error" ? <Failed error={api.error} retry={api.retry} /> : <Loading lines={10} />}
      </>
    );
  return (
    <>
      <div class="controls">
        <a class="chip" href={href(`/ladder/${code}`)}>
          {t("sheet-back")}
        </a>
        <button type="button" class="primary" onClick={() => window.print()}>
          {t("place-print")}
        </button>
      </div>
      <Sheet ladder={ladder} name={placeName(places.get(code) ?? ladder)} />
    </>
  );
}

function Sheet({ ladder, name }: { ladder: Ladder; name: string }) {
  const sheet = useFitted([ladder, language()]);
  const sources = numbered(ladder);
  return (
    <article class="sheet" ref={sheet}>
      <header>
        <Heading title={t("sheet-title-of", { name })}>
          {name} <span>{ladder.place}</span>
        </Heading>
        <p>
          Lysoen · {t("sheet-title")} · {day(ladder.as_of)}
          {ladder.origin && ` · ${t("ladder-origin", { month: month(ladder.origin) })}`}
        </p>
      </header>
      {ladder.label && (
        <p class="sheet-replay">
          {ladder.replay && <b>{t("replay-word")}</b>} <Told text={ladder.label} />
        </p>
      )}
      <div class="sheet-two">
        <div>
          <h2>{t("sheet-situation")}</h2>
          <Facts facts={ladder.situation} sources={sources} />
          <h2>{t("sheet-forecast")}</h2>
          <Facts facts={ladder.forecast} sources={sources} />
        </div>
        <div>
          <h2>{t("ladder-warnings")}</h2>
          <Standing ladder={ladder} sources={sources} />
          <h2>{t("sheet-log")}</h2>
          <Log ladder={ladder} sources={sources} />
        </div>
      </div>
      <Options ladder={ladder} sources={sources} />
      <h2>{t("sources-title")}</h2>
      <ol class="sheet-sources">
        {sources.list.map((source) => (
          <li key={source.id} lang={source.id in OURS ? undefined : "en"}>
            {source.id in OURS
              ? t(OURS[source.id as keyof typeof OURS], { head: ladder.log_head ?? "–", day: day(ladder.as_of) })
              : [source.title, source.as_of && t("as-of", { day: day(source.as_of) }), source.licence].filter(Boolean).join(", ")}
          </li>
        ))}
      </ol>
      <p class="sheet-foot">
        <b>{t("sheet-advice")}</b> {t("disclaimer-people")} {t("sheet-made", { day: day(new Date().toISOString()) })} {window.location.origin + window.location.pathname}
        <br />
        {t("log-head")} <code>{ladder.log_head ?? "–"}</code>
      </p>
    </article>
  );
}

// The room within the margins of A4, in px of 96 to the inch.
const [WIDTH, HEIGHT] = [(190 / 25.4) * 96, (277 / 25.4) * 96];
// Letters of 9 points where they fit, and none smaller than 5; in tenths.
const [LARGEST, SMALLEST] = [90, 50];

/** Sets the letters as large as one sheet allows; on screen the same letters stand at a size for reading. */
function useFitted(of: unknown[]) {
  const sheet = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = sheet.current;
    if (!element) return;
    element.classList.add("measured");
    element.style.width = `${WIDTH}px`;
    for (let size = LARGEST; size >= SMALLEST; size--) {
      element.style.setProperty("--sheet-size", `${size / 10}pt`);
      if (element.scrollHeight <= HEIGHT - 4) break;
    }
    element.style.width = "";
    element.classList.remove("measured");
  }, of);
  return sheet;
}

function Marks({ of, sources }: { of: string[]; sources: Numbered }) {
  return <span class="marks"> {sources.marks(of)}</span>;
}

function Facts({ facts, sources }: { facts: Fact[]; sources: Numbered }) {
  if (facts.length === 0) return <p>{t("sheet-nothing")}</p>;
  return (
    <ul>
      {facts.map((fact) => (
        <li key={fact.said}>
          <Told text={fact.said} />
          <Marks of={fact.sources} sources={sources} />
        </li>
      ))}
    </ul>
  );
}

function Standing({ ladder, sources }: { ladder: Ladder; sources: Numbered }) {
  if (ladder.warnings.length === 0)
    return (
      <p>
        {t("ladder-no-warning")}
        <Marks of={["rules"]} sources={sources} />
      </p>
    );
  return (
    <ul>
      {ladder.warnings.map((one) => (
        <li key={one.trigger}>
          <b>{t(`warned-${one.kind}`)}</b>
          {t("colon")} <span lang="en">{one.title}.</span>
          {one.window && ` ${t("ladder-window-of", { from: day(one.window.from), to: day(one.window.to), days: one.window.days })}`}
          <Marks of={["rules"]} sources={sources} />
          {one.reasons.map((reason) => (
            <span key={reason}>
              {" "}
              <Told text={reason} />
              <Marks of={sources.of(one)} sources={sources} />
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** What was done, and what waits for an answer. */
function Log({ ladder, sources }: { ladder: Ladder; sources: Numbered }) {
  const told = ladder.log.filter((entry) => entry.kind === "act" || isOpen(entry)).sort((a, b) => b.number - a.number);
  if (told.length === 0)
    return (
      <p>
        {t("sheet-log-none")}
        <Marks of={["log"]} sources={sources} />
      </p>
    );
  return (
    <ul>
      {told.slice(0, LOGGED).map((entry) => (
        <li key={entry.number}>
          <Logged entry={entry} />
          <Marks of={["log"]} sources={sources} />
        </li>
      ))}
      {told.length > LOGGED && (
        <li>
          {t("sheet-log-more", { count: told.length - LOGGED })}
          <Marks of={["log"]} sources={sources} />
        </li>
      )}
    </ul>
  );
}

const LOGGED = 8;

function Logged({ entry }: { entry: LogEntry }) {
  return (
    <>
      {day(entry.at)}, <Who entry={entry} />
      {t("colon")} {t(`log-${entry.kind}`)} {entry.option ?? entry.trigger}
      {entry.answer ? `, ${answerWord(entry)}` : ""}
      {stateWord(entry.state) !== answerWord(entry) && <b>, {stateWord(entry.state)}</b>}. <Told text={entry.outcome ?? entry.reason} />
    </>
  );
}

/** The options by rung and status, each with its timing; what is blocked, with what blocks it. */
function Options({ ladder, sources }: { ladder: Ladder; sources: Numbered }) {
  const hard = ladder.rungs.find((rung) => rung.hard_note)?.hard_note;
  return (
    <section class="sheet-options">
      <h2>
        {t("sheet-options", { count: ladder.rungs.length })} <span>{ladder.window ? t("ladder-axis-window", { days: ladder.window.days }) : t("ladder-window-none")}</span>
      </h2>
      {TIERS.map((tier) => (
        <div key={tier} class="sheet-tier">
          <h3>{t(`tier-${tier}`)}</h3>
          <div>
            {tier === "hard" && hard && (
              <p>
                <Told text={hard} />
                <Marks of={["rules"]} sources={sources} />
              </p>
            )}
            {STATUSES.map((status) => (
              <Group key={status} tier={tier} status={status} ladder={ladder} sources={sources} />
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

function Group({ tier, status, ladder, sources }: { tier: Tier; status: RungStatus; ladder: Ladder; sources: Numbered }) {
  const rungs = ladder.rungs.filter((rung) => rung.tier === tier && rung.status === status);
  if (rungs.length === 0) return null;
  return (
    <p>
      <StatusShape status={status} /> <b>{t(`rung-status-${status}`)}</b>
      {t("colon")}{" "}
      {joined(
        rungs.map((rung) => (
          <span key={rung.id} data-rung={rung.id}>
            <Option rung={rung} />
            <Marks of={["rules", ...(rung.sources ?? [])]} sources={sources} />
          </span>
        )),
      )}
      .
    </p>
  );
}

function Option({ rung }: { rung: Rung }) {
  const legal = rung.legal_basis.filter((one) => one.checked).map((one) => one.text);
  const mayBeDone = rung.status === "open" || rung.status === "under-way";
  const why = reasonOf(rung.status_told);
  const sites = sitesOf(rung);
  return (
    <>
      <b>{rung.id}</b> <OptionTitle option={rung} />
      {why && (
        <>
          {" – "}
          <Told text={why} />
        </>
      )}
      {sites && `; ${sites}`} ({[rung.timing && timingWord(rung.timing), mayBeDone && legal.join(", ")].filter(Boolean).join("; ") || <span lang="en">{rung.lead.told}</span>})
    </>
  );
}

function joined(all: ComponentChildren[]): ComponentChildren[] {
  return all.flatMap((one, at) => (at > 0 ? ["; ", one] : [one]));
}
