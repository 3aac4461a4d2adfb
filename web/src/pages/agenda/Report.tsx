import type { DueRow, Party, PartyInstrument, SourceNote } from "../../api/types";
import { day } from "../../format";
import { Heading } from "../../parts/Heading";
import { Failed, Loading } from "../../parts/States";
import { Told } from "../../parts/Told";
import type { PageProps } from "../../routes";
import { t } from "../../words";
import { articleWords, countdown, sinceWords, standingWord, statusWord, useTo } from "./Common";
import { inOrder } from "./days";
import { elementTitle } from "./Counts";
import { byElement, RECORD, recordWords, useParty } from "./Party";
import { isUnverified } from "./standing";
import "../ladder/sheet.css";
import "./agenda.css";

/** What a party is bound by and owes, on paper. */
export default function ReportRoute({ params }: PageProps) {
  return <Of key={params.place} code={params.place ?? ""} />;
}

function Of({ code }: { code: string }) {
  const { api, party, name } = useParty(code);
  const to = useTo();
  if (!party)
    return (
      <>
        <Heading title={t("agenda-report-of", { name })} />
        {api.state === "error" ? <Failed error={api.error} retry={api.retry} /> : <Loading lines={12} />}
      </>
    );
  return (
    <>
      <div class="controls">
        <a class="chip" href={to(`/agenda/party/${encodeURIComponent(code)}`)}>
          {t("agenda-report-back")}
        </a>
        <button type="button" class="primary" onClick={() => window.print()}>
          {t("agenda-print")}
        </button>
      </div>
      <Sheet party={party} name={name} />
    </>
  );
}

function Sheet({ party, name }: { party: Party; name: string }) {
  const due = inOrder(party.due);
  const sources = party.sources;
  return (
    <article class="sheet agenda-report">
      <header>
        <Heading title={t("agenda-report-of", { name })}>
          {name} {party.place && <span>{party.place}</span>}
        </Heading>
        <p>
          Lysoen · {t("agenda-report")} · {t("agenda-told-for", { day: day(party.as_of) })}
        </p>
      </header>
      <h2>{t("agenda-record")}</h2>
      <p>{RECORD.map((what) => `${t(`agenda-record-${what}`)}${t("colon")} ${recordWords(party.record, what)}`).join("; ")}.</p>
      <h2>{t("agenda-bound-by")}</h2>
      {party.instruments.length === 0 && <p>{t("agenda-no-instrument")}</p>}
      {party.instruments.length > 0 && <Instruments party={party} />}
      <h2>{t("agenda-due-title")}</h2>
      {due.length === 0 ? <p>{t("agenda-due-none")}</p> : <Due rows={due} party={party} name={name} />}
      <Caveats party={party} />
      <h2>{t("sources-title")}</h2>
      <ol class="sheet-sources">
        {sources.map((source) => (
          <li key={source.id}>
            <span lang="en">{source.citation || source.title}</span> ({[source.licence, source.as_of && t("as-of", { day: day(source.as_of) })].filter(Boolean).join("; ")})
          </li>
        ))}
      </ol>
      <p class="sheet-foot">
        {t("disclaimer-people")} {t("sheet-made", { day: day(new Date().toISOString()) })} {window.location.origin + window.location.pathname}
      </p>
    </article>
  );
}

/** The numbers of a source in the list at the foot. */
function Marks({ of, asOf, sources }: { of: string | null; asOf: string | null; sources: SourceNote[] }) {
  const at = sources.findIndex((source) => source.id === of);
  if (!of) return <>{t("agenda-no-source")}</>;
  return (
    <>
      <span class="marks">{at < 0 ? of : `[${at + 1}]`}</span> {asOf && t("as-of", { day: day(asOf) })}
    </>
  );
}

function Instruments({ party }: { party: Party }) {
  return (
    <table>
      <caption class="unseen">{t("agenda-bound-by")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("agenda-instrument")}</th>
          <th scope="col">{t("agenda-standing")}</th>
          <th scope="col">{t("agenda-since-head")}</th>
          <th scope="col">{t("agenda-source")}</th>
        </tr>
      </thead>
      {byElement(party.instruments).map((group) => (
        <tbody key={group.number}>
          <tr class="group">
            <th scope="rowgroup" colSpan={4}>
              {group.number ? `${group.number}. ${elementTitle(group)}` : t("agenda-no-element")}
            </th>
          </tr>
          {group.instruments.map((row) => (
            <Instrument key={row.instrument} row={row} sources={party.sources} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Instrument({ row, sources }: { row: PartyInstrument; sources: SourceNote[] }) {
  return (
    <tr>
      <th scope="row" lang="en">
        {row.short}
      </th>
      <td>
        {standingWord(row.standing)}
        {row.ahead && `, ${t("agenda-ahead-on", { day: day(row.ahead) })}`}
        {isUnverified(row) && <i> {t("agenda-unverified")}</i>}
        {row.declaration && `; ${t("agenda-declaration")}`}
        {row.notes.map((note) => (
          <span key={note}>
            {"; "}
            <Told text={note} />
          </span>
        ))}
      </td>
      <td>{sinceWords(row)}</td>
      <td>
        <Marks of={row.source} asOf={row.source_as_of} sources={sources} />
      </td>
    </tr>
  );
}

function Due({ rows, party, name }: { rows: DueRow[]; party: Party; name: string }) {
  return (
    <table>
      <caption class="unseen">{t("agenda-due-caption", { name })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("agenda-what")}</th>
          <th scope="col">{t("agenda-due")}</th>
          <th scope="col">{t("agenda-status")}</th>
          <th scope="col">{t("agenda-source")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={[row.kind, row.instrument, row.duty, row.due].join()}>
            <th scope="row">
              <span lang="en">
                {row.title} ({row.short}, {articleWords(row.article)})
              </span>
              {row.voluntary && `; ${t("agenda-voluntary")}`}
            </th>
            <td>{row.due ? `${day(row.due)}, ${countdown(party.as_of, row.due)}` : t("agenda-no-day")}</td>
            <td>
              <b>{statusWord(row)}</b>
              {t("colon")} <Told text={row.told} />
              {row.received && `; ${t("agenda-received", { day: day(row.received) })}`}
              {row.extensions.map((one) => (
                <span key={one}>
                  {"; "}
                  <Told text={one} />
                </span>
              ))}
            </td>
            <td>
              <Marks of={row.source} asOf={row.source_as_of} sources={party.sources} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a reader must know. */
function Caveats({ party }: { party: Party }) {
  const told = [...party.notes, ...party.findings.map((finding) => finding.message)];
  return (
    <>
      <h2>{t("agenda-caveats")}</h2>
      <ul>
        {party.instruments.some(isUnverified) && <li>{t("agenda-unverified-said")}</li>}
        {party.record.submission_unknown > 0 && <li>{t("agenda-duty-submission-unknown-said")}</li>}
        <li>{t("agenda-told-until")}</li>
        {told.map((note) => (
          <li key={note}>
            <Told text={note} />
          </li>
        ))}
      </ul>
    </>
  );
}
