import { useState } from "preact/hooks";
import { useApi } from "../../api/client";
import type { EventRow, Sheet } from "../../api/types";
import { number, range } from "../../format";
import { Notes } from "../../parts/SourcePanel";
import { Failed, Loading } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { t } from "../../words";
import type { Page } from "./about";
import { violenceName } from "./Deaths";
import { VIOLENCE } from "./mapStyle";
import { MapOnDemand } from "./MapOnDemand";
import { From, Section } from "./Section";

const PAGE = 25;

export function Events({ page }: { page: Page }) {
  const { events, place } = page.answer;
  if (!events || events.count === 0) return null;
  return (
    <Section id="events" title={t("place-events")} wide>
      <MapOnDemand place={place} layer="events" words={t("place-map-events")}>
        <ul class="chart-keys">
          {Object.entries(VIOLENCE).map(([violence, name]) => (
            <li key={violence}>
              <i class="swatch" style={{ background: `var(${name})` }} />
              {violenceName(violence)}
            </li>
          ))}
        </ul>
      </MapOnDemand>
      <EventList address={events.href} count={events.count} />
    </Section>
  );
}

function EventList({ address, count }: { address: string; count: number }) {
  const [at, setAt] = useState(0);
  const join = address.includes("?") ? "&" : "?";
  const sheet = useApi<Sheet<EventRow>>(`${address}${join}limit=${PAGE}&offset=${at}`);
  if (sheet.state === "error") return <Failed error={sheet.error} retry={sheet.retry} />;
  if (!sheet.data) return <Loading />;
  const last = Math.min(at + PAGE, count);
  return (
    <>
      <Table
        caption={t("place-events-caption", { from: number(at + 1), to: number(last), count: number(count) })}
        columns={columns()}
        rows={sheet.data.rows}
        rowKey={(event) => event.source + event.event_id}
      />
      <div class="controls">
        <button type="button" disabled={at === 0} onClick={() => setAt(Math.max(0, at - PAGE))}>
          {t("place-events-before")}
        </button>
        <button type="button" disabled={last >= count} onClick={() => setAt(at + PAGE)}>
          {t("place-events-after")}
        </button>
      </div>
      <Notes notes={sheet.data.notes} />
      <From of={sheet.data.sources} titles={sheet.data.sources}>
        {t("place-events-note")}
      </From>
    </>
  );
}

function columns(): Column<EventRow>[] {
  return [
    {
      id: "start",
      title: t("event-date"),
      cell: (event) => <span class="nowrap">{event.start === event.end ? event.start : `${event.start} – ${event.end}`}</span>,
    },
    { id: "where", title: t("event-where"), cell: (event) => <span lang="en">{event.where ?? ""}</span> },
    { id: "violence", title: t("event-violence"), cell: (event) => violenceName(event.violence) },
    { id: "deaths", title: t("event-deaths"), numeric: true, cell: (event) => number(event.deaths_best) },
    { id: "range", title: t("place-interval"), numeric: true, cell: (event) => range(event.deaths_low, event.deaths_high) },
    { id: "sides", title: t("event-sides"), cell: (event) => <span lang="en">{[event.side_a, event.side_b].filter(Boolean).join(" – ")}</span> },
    {
      id: "source",
      title: t("place-source-head"),
      cell: (event) => (
        <>
          {event.source}
          {event.report && <small lang="en">{event.report}</small>}
        </>
      ),
    },
  ];
}
