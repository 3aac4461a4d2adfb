import { useMemo, useState } from "preact/hooks";
import type { IndexAnswer } from "../../api/types";
import { DotRange } from "../../charts/DotRange";
import { number, percent, range } from "../../format";
import { usePlaces } from "../../parts/Picker";
import { Empty } from "../../parts/States";
import { type Column, Table } from "../../parts/Table";
import { href, setQuery } from "../../router";
import { has, placeName, t } from "../../words";
import { rankWords } from "../place/Indices";
import { type RankedPlace, rankChanges } from "./weights";

interface RanksProps {
  own: IndexAnswer;
  now: IndexAnswer;
}

interface Ranking {
  of: number;
  changes: Map<string, number>;
  before: Map<string, number | null>;
}

function useRanking({ own, now }: RanksProps): Ranking {
  return useMemo(
    () => ({
      of: now.places.filter((place) => typeof place.ranks[0] === "number").length,
      changes: rankChanges(own.places, now.places),
      before: new Map(own.places.map((place) => [place.place, place.ranks[0] ?? null])),
    }),
    [own, now],
  );
}

/** Every place by rank, with its interval, and how far it moved from where the recipe's own weights have it. */
export function Ranks({ own, now, place }: RanksProps & { place: string }) {
  const [text, setText] = useState("");
  const ranking = useRanking({ own, now });
  const name = useName();
  const found = now.places.filter((one) => `${one.place} ${one.name} ${name(one)}`.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <>
      <div class="controls">
        <label class="field">
          {t("forecasts-filter")}
          <input type="text" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
      </div>
      {found.length === 0 ? (
        <Empty>{t("search-none")}</Empty>
      ) : (
        <Table
          caption={caption(now, ranking.of)}
          label="place"
          columns={columns(now, ranking, place, name)}
          rows={found}
          rowKey={(one) => one.place}
        />
      )}
    </>
  );
}

function caption(now: IndexAnswer, of: number): string {
  const level = /\d+/.exec(now.interval ?? "")?.[0];
  return level
    ? t("indexes-caption-interval", { of, level: percent(Number(level) / 100, 0), draws: number(now.draws) })
    : t("indexes-caption", { of });
}

function useName(): (place: { place: string; name: string }) => string {
  const places = usePlaces();
  return (one) => placeName(places.get(one.place) ?? one);
}

function columns(now: IndexAnswer, ranking: Ranking, highlighted: string, name: (place: RankedPlace) => string): Column<RankedPlace>[] {
  const rank = (place: RankedPlace) => place.ranks[0] ?? null;
  return [
    { id: "rank", title: t("place-rank"), numeric: true, cell: (place) => number(rank(place)), sort: rank },
    {
      id: "place",
      title: t("nav-place"),
      cell: (place) => <PlaceCell place={place} name={name(place)} marked={place.place === highlighted} />,
      sort: name,
    },
    {
      id: "value",
      title: t("place-value"),
      numeric: true,
      cell: (place) => (
        <>
          {number(place.values[0], now.decimals)}
          {place.low !== null && <small>{range(place.low, place.high, now.decimals)}</small>}
        </>
      ),
      sort: (place) => place.values[0] ?? null,
    },
    { id: "dot", title: t("indexes-rank-range"), cell: (place) => <RankDot place={place} ranking={ranking} />, sort: (place) => place.rank_low },
    ...(now.changed
      ? [
          {
            id: "change",
            title: t("indexes-change"),
            numeric: true,
            cell: (place: RankedPlace) => changeOf(ranking.changes.get(place.place)),
            sort: (place: RankedPlace) => ranking.changes.get(place.place) ?? null,
          },
        ]
      : []),
    ...(now.places.some((place) => place.class)
      ? [{ id: "class", title: t("indexes-class"), cell: (place: RankedPlace) => className(place.class) }]
      : []),
    ...parts(now),
  ];
}

// The first level of the tree, as the command line shows it.
function parts(now: IndexAnswer): Column<RankedPlace>[] {
  return now.tree.flatMap((node, at) =>
    node.depth === 1
      ? [
          {
            id: node.id,
            title: node.title,
            numeric: true,
            cell: (place: RankedPlace) => number(place.values[at], now.decimals),
            sort: (place: RankedPlace) => place.values[at] ?? null,
          },
        ]
      : [],
  );
}

function PlaceCell({ place, name, marked }: { place: RankedPlace; name: string; marked: boolean }) {
  const link = <a href={href(`/place/${place.place}`)}>{name}</a>;
  return marked ? <mark>{link}</mark> : link;
}

function RankDot({ place, ranking }: { place: RankedPlace; ranking: Ranking }) {
  const rank = place.ranks[0] ?? null;
  if (rank === null) return null;
  const words = rankWords({ rank, rank_low: place.rank_low, rank_high: place.rank_high, of: ranking.of });
  return (
    <span class="rank-dot">
      <DotRange
        min={1}
        max={ranking.of}
        value={rank}
        low={place.rank_low}
        high={place.rank_high}
        before={ranking.before.get(place.place)}
        label={words}
      />
      {place.rank_low !== null && <small>{range(place.rank_low, place.rank_high)}</small>}
    </span>
  );
}

function changeOf(change: number | undefined): string {
  if (change === undefined) return "–";
  return change === 0 ? "=" : `${change > 0 ? "▲" : "▼"} ${number(Math.abs(change))}`;
}

function className(name: string | null): string {
  if (!name) return "";
  const id = `class-${name.replace(/[^a-z0-9]+/gi, "-")}`;
  return has(id) ? t(id) : name;
}

/** One place apart, where one looks for it. */
export function Highlight({ place, own, now }: RanksProps & { place: string }) {
  const ranking = useRanking({ own, now });
  const name = useName();
  const found = now.places.find((one) => one.place === place);
  const rank = found?.ranks[0] ?? null;
  return (
    <p class="highlight">
      {!found || rank === null
        ? t("indexes-highlight-none", { name: found ? name(found) : place })
        : t("indexes-highlight-rank", {
            name: name(found),
            rank: rankWords({ rank, rank_low: found.rank_low, rank_high: found.rank_high, of: ranking.of }),
            value: number(found.values[0], now.decimals),
            before: now.changed ? number(ranking.before.get(place)) : "",
            changed: now.changed ? "yes" : "no",
          })}
      <button type="button" class="quiet" onClick={() => setQuery({ place: null })}>
        {t("indexes-highlight-off")}
      </button>
    </p>
  );
}
