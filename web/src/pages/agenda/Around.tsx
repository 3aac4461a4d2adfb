import type { Alike as AlikeRow, BesideGroup, InstrumentPage, Region } from "../../api/types";
import { day, number, percent } from "../../format";
import { Notes } from "../../parts/SourcePanel";
import { type Column, Table } from "../../parts/Table";
import { Told } from "../../parts/Told";
import { measureUnit, t } from "../../words";
import { Section } from "../place/Section";
import { InstrumentLink, PartyLink, Source, standingWord } from "./Common";
import { decimalsOf } from "./days";

/** Region by region, who has not joined. */
export function Regions({ page }: { page: InstrumentPage }) {
  if (page.regions.length === 0) return null;
  return (
    <Section id="regions" title={t("agenda-regions")} wide>
      {page.regions.map((region) => (
        <RegionOf key={region.id} region={region} page={page} />
      ))}
    </Section>
  );
}

function RegionOf({ region, page }: { region: Region; page: InstrumentPage }) {
  return (
    <details class="agenda-region">
      <summary>
        <b lang="en">{region.title}</b>
        {t("colon")} {t("agenda-region-bound", { bound: number(region.bound), members: number(region.members), share: percent(region.members ? region.bound / region.members : null, 0) })}
      </summary>
      {region.not_joined.length === 0 ? (
        <p>{t("agenda-region-all")}</p>
      ) : (
        <>
          <p>{t("agenda-not-joined")}</p>
          <ul class="agenda-columns">
            {region.not_joined.map((one) => (
              <li key={one.place}>
                <PartyLink of={{ ...one, participant: one.place }} /> <small>{standingWord(one.standing)}</small>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="note">
        <Source id={region.source} titles={page.sources} />
      </p>
    </details>
  );
}

/** Who joined early in what is like it: where a coalition may begin. */
export function Alike({ page }: { page: InstrumentPage }) {
  if (page.alike.length === 0) return null;
  const columns: Column<AlikeRow>[] = [
    { id: "name", title: t("agenda-who"), cell: (row) => <PartyLink of={row} />, sort: (row) => row.name },
    { id: "count", title: t("agenda-alike-count"), numeric: true, cell: (row) => number(row.early_in.length), sort: (row) => row.early_in.length },
    {
      id: "early",
      title: t("agenda-alike-early"),
      cell: (row) => (
        <ul class="agenda-plain">
          {row.early_in.map((one) => (
            <li key={one.instrument}>
              <InstrumentLink id={one.instrument} short={one.short} />
              {t("colon")} {t("agenda-alike-rank", { rank: one.rank, of: one.of, day: day(one.on) })}
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <Section id="alike" title={t("agenda-alike")} wide>
      <p class="prose">{t("agenda-alike-lead")}</p>
      <Table caption={t("agenda-alike")} hideCaption label="name" columns={columns} rows={page.alike} rowKey={(row) => row.participant} />
    </Section>
  );
}

/** Promise and practice side by side, with the sentence that it is no cause. */
export function BesideOf({ page }: { page: InstrumentPage }) {
  const { beside } = page;
  if (!beside) return null;
  const rates = beside.groups.flatMap((group) => [group.median, group.first_quartile, group.third_quartile]).filter((value) => value !== null);
  const decimals = decimalsOf(rates);
  const told = (value: number | null) => number(value, decimals);
  const range = (row: BesideGroup) => `${number(row.total)}${row.total_low === null || row.total_high === null ? "" : ` (${number(row.total_low)}–${number(row.total_high)})`}`;
  const columns: Column<BesideGroup>[] = [
    { id: "name", title: t("agenda-group"), cell: (row) => <span lang="en">{row.name}</span> },
    { id: "places", title: t("agenda-places"), numeric: true, cell: (row) => number(row.places), sort: (row) => row.places },
    { id: "none", title: t("coverage-none-recorded"), numeric: true, cell: (row) => number(row.none_recorded), sort: (row) => row.none_recorded },
    { id: "missing", title: t("legend-no-data"), numeric: true, cell: (row) => number(row.missing), sort: (row) => row.missing },
    { id: "total", title: t("agenda-total"), numeric: true, cell: (row) => range(row), sort: (row) => row.total },
    { id: "median", title: t("agenda-median", { unit: measureUnit(beside.rate_unit) }), numeric: true, cell: (row) => told(row.median), sort: (row) => row.median },
    { id: "quartiles", title: t("agenda-quartiles", { unit: measureUnit(beside.rate_unit) }), numeric: true, cell: (row) => (row.first_quartile === null ? "–" : `${told(row.first_quartile)}–${told(row.third_quartile)}`) },
  ];
  const both = beside.before_after;
  return (
    <Section id="beside" title={t("agenda-beside")} wide>
      <p class="replay inset" role="note">
        <Told text={beside.association} />
      </p>
      <p>
        <b lang="en">{beside.title}</b>, {measureUnit(beside.unit)}, {beside.years}
      </p>
      <Table caption={`${beside.title}, ${beside.years}`} hideCaption label="name" columns={columns} rows={beside.groups} rowKey={(row) => row.name} />
      {both && <p>{t("agenda-before-after", { places: number(both.places), none: number(both.none_recorded), fewer: number(both.fewer), same: number(both.as_many), more: number(both.more) })}</p>}
      <p class="note">
        <Source id={beside.source} asOf={beside.as_of} titles={page.sources} />
      </p>
      <Notes notes={beside.notes} />
    </Section>
  );
}

export function Meetings({ page }: { page: InstrumentPage }) {
  if (page.meetings.length === 0) return null;
  return (
    <Section id="meetings" title={t("agenda-meetings")} wide>
      <ul>
        {page.meetings.map((meeting) => (
          <li key={meeting.title}>
            <MeetingDay of={meeting} />
            {t("colon")} <span lang="en">{meeting.title}</span>{" "}
            <small>
              <Source id={meeting.source} titles={page.sources} />
            </small>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A meeting may be known to the year only. */
export function MeetingDay({ of }: { of: Pick<InstrumentPage["meetings"][number], "date" | "until" | "year"> }) {
  if (!of.date) return <>{of.year === null ? t("agenda-no-day") : t("agenda-in-year", { year: String(of.year) })}</>;
  return <>{of.until && of.until !== of.date ? t("agenda-from-to", { from: day(of.date), to: day(of.until) }) : day(of.date)}</>;
}
