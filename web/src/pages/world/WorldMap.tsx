import { geoEqualEarth, geoPath, type GeoProjection } from "d3-geo";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Api } from "../../api/client";
import type { Measure } from "../../api/types";
import { classOf, NO_DATA, NONE_RECORDED, scaleOf, styleColours } from "../../parts/colours";
import { usePlaces } from "../../parts/Picker";
import { Failed, Loading } from "../../parts/States";
import { href } from "../../router";
import { placeName, t } from "../../words";
import { type Doubt, FORECAST, inOrder, type Row, rowOfShape } from "./rows";
import { Tooltip } from "./Tooltip";
import { useZoom } from "./useZoom";

interface ShapeProps {
  name: string;
  point: [number, number];
  small: boolean;
}
interface LineProps {
  kind: "international" | "undetermined" | "coast";
}
export type Borders = Topology<{ places: GeometryCollection<ShapeProps>; borders: GeometryCollection<LineProps> }>;

interface Shape {
  id: string;
  path: string;
  name: string;
  at: [number, number];
  /** Marked by a circle while it is smaller than one. */
  small: boolean;
  /** The side of a square as large. */
  side: number;
}
interface Drawn {
  shapes: Shape[];
  lines: { kind: LineProps["kind"]; path: string }[];
}

const WIDTH = 960;
// Radii on the screen, in pixels.
const CIRCLE = 3.2;
const HIT = 8;
// From north of Greenland to south of Cape Horn: nobody lives further south.
const [NORTH, SOUTH] = [83.7, -57];

function draw(borders: Borders): Drawn & { height: number } {
  const projection = geoEqualEarth().fitWidth(WIDTH, { type: "Sphere" });
  const top = projection([0, NORTH])![1];
  const height = projection([0, SOUTH])![1] - top;
  const [x, y] = projection.translate();
  projection.translate([x, y - top]);
  // The shapes come cut at the antimeridian; d3's own cutting would take shapes at it for their complement.
  (projection as GeoProjection).preclip((stream) => stream);
  const path = geoPath(projection).digits(1);
  const shapes = feature(borders, borders.objects.places).features.map((one) => ({
    id: String(one.id),
    path: path(one) ?? "",
    name: one.properties.name,
    side: one.properties.small ? Math.sqrt(path.area(one)) : Infinity,
    at: projection(one.properties.point) ?? [0, 0],
    small: one.properties.small,
  }));
  const lines = feature(borders, borders.objects.borders).features.map((one) => ({ kind: one.properties.kind, path: path(one) ?? "" }));
  return { shapes, lines, height };
}

/** How a place is filled, and what is drawn over it: ids of patterns. */
export interface Paint {
  fill: string;
  over: string[];
}

interface Props {
  borders: Api<Borders>;
  rows: Row[];
  of: number[];
  measure: Measure | undefined;
  show: string;
  byRate: boolean;
  shared: Doubt;
  period: string;
  title: string;
  /** The publishers of sources. */
  sourceOf: (ids: string[]) => string;
  /** The address that a place with a row leads to; its page where none is given. */
  to?: (place: string) => string;
  /** What is no amount has colours of its own; without it they go by the classes. */
  paint?: (row: Row | null) => Paint;
  /** The patterns that it paints with; `unit` is one pixel on the screen. */
  patterns?: (unit: number) => ComponentChildren;
}

export function WorldMap({ borders, ...props }: Props) {
  const drawn = useMemo(() => borders.data && draw(borders.data), [borders.data]);
  if (borders.state === "error") return <Failed error={borders.error} retry={borders.retry} />;
  if (!drawn) return <Loading lines={10} />;
  return <Picture {...props} drawn={drawn} height={drawn.height} />;
}

/** How many units of the picture are one pixel on the screen. */
function useUnit(box: { current: HTMLElement | null }): number {
  const [unit, setUnit] = useState(1);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setUnit(WIDTH / Math.max(entry!.contentRect.width, 1)));
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  return unit;
}

function Picture({ rows, of, measure, show, byRate, shared, period, title, sourceOf, to, paint, patterns, drawn, height }: Omit<Props, "borders"> & { drawn: Drawn; height: number }) {
  const box = useRef<HTMLDivElement>(null);
  const lowest = measure?.worst === "lowest";
  const [active, setActive] = useState<string | null>(null);
  const [first, setFirst] = useState<string | null>(null);
  const zoom = useZoom(WIDTH, height);
  const unit = useUnit(box) / zoom.k;
  const rowOf = useMemo(() => rowOfShape(rows), [rows]);
  const order = useMemo(() => keyOrder(drawn.shapes, rows, rowOf, lowest), [drawn, rows]);
  const shapeOf = (id: string) => drawn.shapes.find((shape) => shape.id === id)!;
  const pointOf = (id: string) => shapeOf(id).at;
  const places = usePlaces();
  const nameOf = (id: string) => placeName(places.get(id) ?? { place: id, name: shapeOf(id).name });
  const colours = styleColours(scaleOf(measure), of.length + 1);
  if (lowest) colours.reverse();
  const roving = first && order.includes(first) ? first : order[0];

  const onKey = (event: KeyboardEvent) => {
    const to = nextKey(event.key, order, roving);
    if (event.key === "Escape") setActive(null);
    if (!to) return;
    event.preventDefault();
    setFirst(to);
    zoom.show(pointOf(to));
    box.current?.querySelector<SVGAElement>(`[data-shape="${CSS.escape(to)}"]`)?.focus();
  };
  // What a pointer does on a shape, it does on its circle too.
  const pointed = (id: string) => ({
    onPointerEnter: (event: PointerEvent) => event.pointerType !== "touch" && setActive(id),
    onPointerLeave: () => setActive(null),
  });
  // Who has no figures has no page.
  const pageOf = (id: string) => {
    const row = rowOf(id);
    if (!row) return undefined;
    const place = row.parts.length && row.kind !== "no data" ? row.place : id;
    return to ? to(place) : href(`/place/${place}`, { period: show === FORECAST ? null : period });
  };
  const shapeProps = (shape: Shape) => {
    const row = rowOf(shape.id);
    const page = pageOf(shape.id);
    return {
      "data-shape": shape.id,
      ...(page ? { href: page } : { role: "img" as const }),
      tabindex: shape.id === roving ? 0 : -1,
      "aria-label": label(row, nameOf(shape.id), byRate),
      onFocus: () => {
        setFirst(shape.id);
        setActive(shape.id);
      },
      onBlur: () => setActive(null),
      ...pointed(shape.id),
    };
  };
  const lit = active ? litWith(rowOf(active), active) : [];
  const hatched = (row: Row | null) => row?.kind === "value" && row.doubt !== "" && row.doubt !== shared;
  const painted = (id: string): Paint => paint?.(rowOf(id)) ?? { fill: fillOf(rowOf(id), of, colours), over: hatched(rowOf(id)) ? ["hatch"] : [] };
  const circles = useMemo(() => circled(drawn.shapes, order, (id) => rowOf(id)?.kind === "value", unit), [drawn, order, rowOf, unit]);
  return (
    <div class="map" ref={box}>
      <svg viewBox={zoom.viewBox} class={zoom.k > 1 ? "near" : undefined} role="group" aria-label={t("world-map-label", { title })} onKeyDown={onKey} {...zoom.drag}>
        <Hatch unit={unit} />
        {patterns?.(unit)}
        {drawn.shapes.map((shape) => (
          <a key={shape.id} {...shapeProps(shape)} class={lit.includes(shape.id) ? "shape lit" : "shape"}>
            <path d={shape.path} style={{ fill: painted(shape.id).fill }} />
            {painted(shape.id).over.map((pattern) => (
              <path key={pattern} d={shape.path} fill={`url(#${pattern})`} class="over" />
            ))}
          </a>
        ))}
        {drawn.lines.map((line) => (
          <path key={line.kind} d={line.path} class={`line ${line.kind}`} />
        ))}
        {circles.map((shape) => (
          <a key={shape.id} href={pageOf(shape.id)} tabindex={-1} aria-hidden="true" {...pointed(shape.id)} class={lit.includes(shape.id) ? "shape lit" : "shape"}>
            <circle cx={shape.at[0]} cy={shape.at[1]} r={HIT * unit} class="hit" />
            <circle cx={shape.at[0]} cy={shape.at[1]} r={CIRCLE * unit} style={{ fill: painted(shape.id).fill }} />
            {painted(shape.id).over.map((pattern) => (
              <circle key={pattern} cx={shape.at[0]} cy={shape.at[1]} r={CIRCLE * unit} fill={`url(#${pattern})`} class="over" />
            ))}
          </a>
        ))}
        {lit.map((id) => (
          <path key={id} d={shapeOf(id).path} class="outline" />
        ))}
      </svg>
      {active && <Tooltip row={rowOf(active)} name={nameOf(active)} at={zoom.place(pointOf(active))} source={sourceOf(rowOf(active)?.sources ?? [])} />}
      <div class="zoom">
        <button type="button" aria-label={t("world-nearer")} onClick={() => zoom.scale(2, first ? pointOf(first) : undefined)}>
          +
        </button>
        <button type="button" aria-label={t("world-farther")} disabled={zoom.k <= 1} onClick={() => zoom.scale(0.5)}>
          −
        </button>
      </div>
      <p class="unseen">{t("world-map-help")}</p>
    </div>
  );
}

/**
 * The small places that are marked by a circle: while they are smaller than one, and, where they have no value, unless the
 * circle of another stands there. Nearer, they come apart. Those first in the order are drawn last, on top.
 */
function circled(shapes: Shape[], order: string[], tells: (id: string) => boolean, unit: number): Shape[] {
  const kept: Shape[] = [];
  const isCovered = (shape: Shape) => kept.some(({ at }) => Math.hypot(at[0] - shape.at[0], at[1] - shape.at[1]) < 1.5 * CIRCLE * unit);
  const tiny = new Map(shapes.filter((shape) => shape.small && shape.side < 2 * CIRCLE * unit).map((shape) => [shape.id, shape]));
  for (const shape of order.flatMap((id) => tiny.get(id) ?? [])) if (tells(shape.id) || !isCovered(shape)) kept.push(shape);
  return kept.reverse();
}

/** Places with data by rank, then those where none is recorded, then the others. */
function keyOrder(shapes: Shape[], rows: Row[], rowOf: (shape: string) => Row | null, lowest: boolean): string[] {
  const rank = new Map(inOrder(rows.filter((row) => row.kind === "value"), lowest ? "lowest" : "highest").map((row, at) => [row.place, at]));
  const last = (shape: Shape) => (rowOf(shape.id)?.kind === "none recorded" ? rank.size : rank.size + 1);
  const of = (shape: Shape) => rank.get(rowOf(shape.id)?.place ?? "") ?? last(shape);
  return [...shapes].sort((a, b) => of(a) - of(b) || a.id.localeCompare(b.id)).map((shape) => shape.id);
}

function nextKey(key: string, order: string[], from: string | undefined): string | undefined {
  const at = order.indexOf(from ?? "");
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
  if (step) return order[(at + step + order.length) % order.length];
  return key === "Home" ? order[0] : key === "End" ? order.at(-1) : undefined;
}

function litWith(row: Row | null, shape: string): string[] {
  return row && row.parts.length && row.kind !== "no data" ? row.parts : [shape];
}

function fillOf(row: Row | null, of: number[], colours: string[]): string {
  if (!row || row.kind === "no data") return NO_DATA;
  if (row.kind === "none recorded" || row.by === 0) return NONE_RECORDED;
  return colours[classOf(row.by ?? 0, of)]!;
}

function label(row: Row | null, name: string, byRate: boolean): string {
  if (!row) return `${name}${t("colon")} ${t("legend-no-data")}`;
  const joint = row.parts.length ? ` (${t("world-joint")})` : "";
  if (row.kind !== "value") return `${row.name}${joint}${t("colon")} ${row.why}`;
  const said = byRate ? `${row.rate} ${t("per-100k")}` : row.text;
  return `${row.name}${joint}${t("colon")} ${said}${row.range ? `; ${t("interval", { range: row.range })}` : ""}`;
}

function Hatch({ unit }: { unit: number }) {
  const size = 5 * unit;
  return (
    <defs>
      <pattern id="hatch" width={size} height={size} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={1.1 * unit} height={size} class="hatch-line" />
      </pattern>
    </defs>
  );
}

