import type { Ladder, LogEntry } from "../../api/types";
import { day } from "../../format";
import { Empty } from "../../parts/States";
import { Told } from "../../parts/Told";
import { href } from "../../router";
import { has, t } from "../../words";
import { OptionTitle } from "./Marks";
import { type Thread, threadsOf } from "./threads";
import "./log.css";

/** The log: each warning with what was proposed, decided and done about it. */
export function Timeline({ ladder }: { ladder: Ladder }) {
  return (
    <section id="log">
      <h2>{t("log-title")}</h2>
      {ladder.log.length === 0 ? <Empty>{t("log-none")}</Empty> : <Threads threads={threadsOf(ladder.log)} ladder={ladder} />}
      <Head head={ladder.log_head} />
    </section>
  );
}

/** The hash of the newest record of all: whoever keeps it can tell later whether the log was cut. */
export function Head({ head }: { head: string | null }) {
  return (
    <p class="note log-head">
      {head ? (
        <>
          {t("log-head")} <code>{head}</code>
        </>
      ) : (
        t("log-head-none")
      )}
    </p>
  );
}

function Threads({ threads, ladder }: { threads: Thread[]; ladder: Ladder }) {
  return (
    <ol class="timeline">
      {threads.map(({ entry, answers }) => (
        <li key={entry.number} id={`record-${entry.number}`}>
          <Record entry={entry} ladder={ladder} />
          {answers.length > 0 && <Threads threads={answers} ladder={ladder} />}
        </li>
      ))}
    </ol>
  );
}

function Record({ entry, ladder }: { entry: LogEntry; ladder: Ladder }) {
  const option = ladder.rungs.find((rung) => rung.id === entry.option);
  const trigger = ladder.warnings.find((one) => one.trigger === entry.trigger);
  return (
    <article class={`record ${entry.kind}${entry.state.startsWith("expired") ? " expired" : ""}`}>
      <p class="record-head">
        <b>{t(`log-${entry.kind}`)}</b>
        <time dateTime={entry.at}>{day(entry.at)}</time>
        <span>
          <Who entry={entry} />
        </span>
        <span class="state">{stateWord(entry.state)}</span>
        <small>{t("log-number", { number: String(entry.number) })}</small>
      </p>
      {entry.option && (
        <p>
          <a href={`#${entry.option}`}>{entry.option}</a> {option && <OptionTitle option={option} />}
        </p>
      )}
      {entry.trigger && <p lang="en">{trigger?.title ?? entry.trigger}</p>}
      <p>
        {entry.answer && <b>{answerWord(entry)}. </b>}
        <Told text={entry.reason} />
      </p>
      {entry.outcome && (
        <p>
          {t("log-outcome")}
          {t("colon")} <Told text={entry.outcome} />
        </p>
      )}
      {entry.kind === "act" && (
        <p>
          <a href={href("/impact/ask", askedAfter(entry))}>{t("log-did-it-protect")}</a>
        </p>
      )}
      {entry.expires && entry.kind === "propose" && <p class="note">{t(entry.state.startsWith("expired") ? "log-expired" : "log-expires", { day: day(entry.expires) })}</p>}
    </article>
  );
}

/** The question whether an act protected people. Options are taken because harm is high or feared. */
export function askedAfter({ place, at }: Pick<LogEntry, "place" | "at">): Record<string, string> {
  return { outcome: "killed", place, from: at.slice(0, 10), by: "month", because_of_harm: "true" };
}

/** The role and its organisation; the log holds no names of persons. */
export function Who({ entry }: { entry: LogEntry }) {
  return (
    <span lang="en">
      {entry.role}, {entry.organisation}
    </span>
  );
}

export function stateWord(state: string): string {
  return known(`log-state-${slug(state)}`, state);
}

export function answerWord(entry: Pick<LogEntry, "kind" | "answer">): string {
  return known(`log-answer-${entry.answer}`, entry.answer ?? "");
}

function known(id: string, otherwise: string): string {
  return has(id) ? t(id) : otherwise;
}

function slug(text: string): string {
  return text.replace(/[^a-z]+/gi, "-").toLowerCase();
}
