import type { InstrumentPage, SourceNote, StandingRow } from "../../api/types";
import { day, number } from "../../format";
import { Empty } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { useQuery } from "../../router";
import { t } from "../../words";
import { BasisOf, Meanings, PartyLink, sinceWords, Source, Standing, standingWord, useNameOf } from "./Common";
import { filtered, STANDINGS } from "./standing";

/** All participants, to be sorted, and found by how they stand and by name. */
export function Participants({ page, titles }: { page: InstrumentPage; titles: SourceNote[] }) {
  const [standing, setStanding] = useQuery("standing");
  const [text, setText] = useQuery("q");
  const nameOf = useNameOf();
  const shown = filtered(page.parties, standing, text, nameOf);
  const given = STANDINGS.filter((word) => word === standing || page.parties.some((row) => row.standing === word));
  return (
    <>
      <div class="controls">
        <label class="field">
          {t("agenda-standing")}
          <select value={standing} onChange={(event) => setStanding(event.currentTarget.value)}>
            <option value="">{t("agenda-all")}</option>
            {given.map((word) => (
              <option key={word} value={word}>
                {standingWord(word)} ({page.parties.filter((row) => row.standing === word).length})
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          {t("agenda-name")}
          <input type="text" value={text} spellcheck={false} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <p class="agenda-count" role="status">
          {t("agenda-shown", { shown: number(shown.length), all: number(page.parties.length) })}
        </p>
      </div>
      {shown.length === 0 ? <Empty /> : <Table caption={t("agenda-participants-caption", { name: page.short, day: day(page.as_of) })} label="name" columns={columns(titles, nameOf)} rows={shown} rowKey={(row) => row.participant} />}
      <Meanings of="standing" />
    </>
  );
}

function columns(titles: SourceNote[], nameOf: (row: StandingRow) => string): Column<StandingRow>[] {
  return [
    { id: "name", title: t("agenda-who"), cell: (row) => <PartyLink of={row} />, sort: nameOf },
    { id: "standing", title: t("agenda-standing"), cell: (row) => <StandingCell row={row} />, sort: (row) => STANDINGS.indexOf(row.standing) },
    { id: "since", title: t("agenda-since-head"), cell: (row) => <span class="nowrap">{sinceWords(row)}</span>, sort: (row) => row.since },
    { id: "ahead", title: t("agenda-ahead"), cell: (row) => <span class="nowrap">{row.ahead ? day(row.ahead) : "–"}</span>, sort: (row) => row.ahead },
    {
      id: "source",
      title: t("agenda-source"),
      cell: (row) => (
        <>
          <Source id={row.source} asOf={row.source_as_of} titles={titles} />
          <BasisOf basis={row.basis} notes={row.notes} of={nameOf(row)} />
        </>
      ),
      sort: (row) => row.source_as_of,
    },
  ];
}

/** The word, and the sentence of the server. */
export function StandingCell({ row }: { row: StandingRow }) {
  return (
    <>
      <Standing row={row} />
      <small class="under">
        <Told text={row.told} />
        {row.declaration && `; ${t("agenda-declaration")}`}
        {row.known_to && `; ${t("agenda-known-to", { day: day(row.known_to) })}`}
      </small>
    </>
  );
}
