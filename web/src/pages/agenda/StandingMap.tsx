import { useApi } from "../../api/client";
import type { InstrumentPage, ListedPlace, StandingRow } from "../../api/types";
import { usePlaces } from "../../parts/Picker";
import { placeName, t } from "../../words";
import type { Row } from "../world/rows";
import { type Borders, type Paint, WorldMap } from "../world/WorldMap";
import { sinceWords, standingWord, useTo } from "./Common";
import { colourOf, isUnverified, type Over, overOf, type Tone, toneOf, TONES } from "./standing";
import "../world/world.css";

/** Every place by how it stands. What no list tells has a colour of its own, and so has who is known to have done nothing. */
export function StandingMap({ page }: { page: InstrumentPage }) {
  const places = usePlaces();
  const to = useTo();
  const borders = useApi<Borders>("/borders/world.json");
  const byPlace = new Map(page.parties.flatMap((row) => (row.place ? [[row.place, row] as const] : [])));
  const rows = mapRows(page.parties, places);
  const paint = (row: Row | null): Paint => {
    const party = row && byPlace.get(row.place);
    return party ? { fill: colourOf(toneOf(party.standing)), over: overOf(party).map((over) => `over-${over}`) } : { fill: colourOf("unknown"), over: [] };
  };
  return (
    <div class="standing-map">
      <WorldMap borders={borders} rows={rows} of={CLASSES} measure={undefined} show="agenda" byRate={false} shared="" period="" title={t("agenda-standing-of", { name: page.short })} sourceOf={(ids) => ids.join(", ")} to={(place) => to(`/agenda/party/${place}`)} paint={paint} patterns={(unit) => <Patterns unit={unit} />} />
      <Keys parties={page.parties} />
    </div>
  );
}

const CLASSES = [1, 2, 3, 4, 5];

/** One row a place, as the map of the world wants them; the strongest bond is come to first by keyboard. */
export function mapRows(parties: StandingRow[], places: Map<string, ListedPlace>): Row[] {
  return parties.flatMap((party): Row[] => {
    if (!party.place) return [];
    const known = places.get(party.place);
    const isKnown = party.standing !== "unknown";
    return [
      {
        place: party.place,
        name: placeName(known ?? { name: party.name }),
        parts: [],
        kind: isKnown ? "value" : "no data",
        coverage: "covered",
        why: isKnown ? "" : standingWord("unknown"),
        doubt: "",
        by: TONES.length - TONES.indexOf(toneOf(party.standing)),
        low: null,
        high: null,
        text: mapWords(party),
        range: "",
        rate: "",
        chance: null,
        sources: party.source ? [party.source] : [],
      },
    ];
  });
}

/** What the place's label says: how it stands, since when, and whether that is verified. */
export function mapWords(party: StandingRow): string {
  const since = party.since ? `, ${t("agenda-since", { day: sinceWords(party) })}` : "";
  return `${standingWord(party.standing)}${since}${isUnverified(party) ? `; ${t("agenda-unverified")}` : ""}`;
}

/** What is drawn over the colours: stripes across, crossed lines, and lines aslant. */
function Patterns({ unit }: { unit: number }) {
  const size = 6 * unit;
  return (
    <defs>
      <pattern id="over-leaving" width={size} height={size} patternUnits="userSpaceOnUse">
        <rect width={size} height={2.4 * unit} class="leaving-line" />
      </pattern>
      <pattern id="over-crossed" width={size} height={size} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d={`M0 0H${size}M0 0V${size}`} stroke-width={1.4 * unit} class="crossed-line" />
      </pattern>
      <pattern id="over-hatch" width={size} height={size} patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect width={1.1 * unit} height={size} class="unverified-line" />
      </pattern>
    </defs>
  );
}

interface KeyOf {
  tone: Tone;
  over: Over[];
  text: string;
}

/** The colours that are used, and what is drawn over them, each with how many it stands for. */
function Keys({ parties }: { parties: StandingRow[] }) {
  const shown = parties.filter((party) => party.place);
  const count = (is: (party: StandingRow) => boolean) => shown.filter(is).length;
  // Who is leaving has a key of its own, and is not counted twice.
  const plain = (tone: Tone) => count((party) => toneOf(party.standing) === tone && !overOf(party).includes("leaving"));
  const tones = TONES.filter((tone) => tone !== "unknown" && plain(tone) > 0);
  const said = (text: string, of: number) => `${text} (${of})`;
  const keys: KeyOf[] = tones.map((tone) => ({ tone, over: tone === "contested" ? ["crossed"] : [], text: said(standingWord(tone), plain(tone)) }));
  const leaving = count((party) => overOf(party).includes("leaving"));
  const unverified = count(isUnverified);
  if (leaving) keys.push({ tone: "bound", over: ["leaving"], text: said(t("agenda-key-leaving"), leaving) });
  if (unverified) keys.push({ tone: "bound", over: ["hatch"], text: said(t("agenda-unverified"), unverified) });
  keys.push({ tone: "unknown", over: [], text: t("agenda-standing-unknown") });
  return (
    <ul class="legend-keys standing-keys" aria-label={t("legend-label")}>
      {keys.map((key) => (
        <li key={key.text}>
          <i class={`standing-mark ${key.over.join(" ")}`} style={{ "--of": colourOf(key.tone) }} />
          {key.text}
        </li>
      ))}
    </ul>
  );
}
