import { geoEqualEarth, geoPath, type GeoProjection } from "d3-geo";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { useApi } from "../../api/client";
import type { Measure } from "../../api/types";
import { classOf, NO_DATA, NONE_RECORDED, scaleOf, styleColours } from "../../parts/colours";
import { Failed, Loading } from "../../parts/States";
import { href } from "../../router";
import { t } from "../../words";
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
type Borders = Topology<{ places: GeometryCollection<ShapeProps>; borders: GeometryCollection<LineProps> }>;

interface Shape {
  id: string;
  path: string;
  at: [number, number];
  small: boolean;
}
interface Drawn {
  shapes: Shape[];
  lines: { kind: LineProps["kind"]; path: string }[];
}

const WIDTH = 960;
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
    at: projection(one.properties.point) ?? [0, 0],
    small: one.properties.small,
  }));
  const lines = feature(borders, borders.objects.borders).features.map((one) => ({ kind: one.properties.kind, path: path(one) ?? "" }));
  return { shapes, lines, height };
}

interface Props {
  rows: Row[];
  of: number[];
  measure: Measure | undefined;
  show: string;
  byRate: boolean;
  shared: Doubt;
  period: string;
  title: string;
  source: string;
}

export function WorldMap(props: Props) {
  const borders = useApi<Borders>("/borders/world.json");
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

function Picture({ rows, of, measure, show, byRate, shared, period, title, source, drawn, height }: Props & { drawn: Drawn; height: number }) {
  const box = useRef<HTMLDivElement>(null);
  const lowest = measure?.worst === "lowest";
  const [active, setActive] = useState<string | null>(null);
  const [first, setFirst] = useState<string | null>(null);
  const zoom = useZoom(WIDTH, height);
  const unit = useUnit(box) / zoom.k;
  const rowOf = useMemo(() => rowOfShape(rows), [rows]);
  const order = useMemo(() => keyOrder(drawn.shapes, rows, rowOf, lowest), [drawn, rows]);
  const pointOf = (id: string) => drawn.shapes.find((shape) => shape.id === id)!.at;
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
  const shapeProps = (shape: Shape) => {
    const row = rowOf(shape.id);
    return {
      "data-shape": shape.id,
      href: href(`/place/${row?.parts.length && row.kind !== "no data" ? row.place : shape.id}`, { period: show === FORECAST ? null : period }),
      tabIndex: shape.id === roving ? 0 : -1,
      "aria-label": label(row, shape.id, byRate),
      onFocus: () => {
        setFirst(shape.id);
        setActive(shape.id);
      },
      onBlur: () => setActive(null),
      onPointerEnter: (event: PointerEvent) => event.pointerType !== "touch" && setActive(shape.id),
      onPointerLeave: () => setActive(null),
    };
  };
  const lit = active ? litWith(rowOf(active), active) : [];
  const hatched = (row: Row | null) => row?.kind === "value" && row.doubt !== "" && row.doubt !== shared;
  const fill = (row: Row | null) => fillOf(row, of, colours);
  const shapes = drawn.shapes.filter((shape) => !shape.small);
  const small = drawn.shapes.filter((shape) => shape.small);
  return (
    <div class="map" ref={box}>
      <svg viewBox={zoom.viewBox} class={zoom.k > 1 ? "near" : undefined} role="group" aria-label={t("world-map-label", { title })} onKeyDown={onKey} {...zoom.drag}>
        <Hatch unit={unit} />
        {shapes.map((shape) => (
          <a key={shape.id} {...shapeProps(shape)} class={lit.includes(shape.id) ? "shape lit" : "shape"}>
            <path d={shape.path} style={{ fill: fill(rowOf(shape.id)) }} />
            {hatched(rowOf(shape.id)) && <path d={shape.path} fill="url(#hatch)" class="over" />}
          </a>
        ))}
        {drawn.lines.map((line) => (
          <path key={line.kind} d={line.path} class={`line ${line.kind}`} />
        ))}
        {small.map((shape) => (
          <a key={shape.id} {...shapeProps(shape)} class={lit.includes(shape.id) ? "shape lit" : "shape"}>
            <circle cx={shape.at[0]} cy={shape.at[1]} r={12 * unit} class="hit" />
            <circle cx={shape.at[0]} cy={shape.at[1]} r={3.2 * unit} style={{ fill: fill(rowOf(shape.id)) }} />
            {hatched(rowOf(shape.id)) && <circle cx={shape.at[0]} cy={shape.at[1]} r={3.2 * unit} fill="url(#hatch)" class="over" />}
          </a>
        ))}
        {lit.map((id) => (
          <path key={id} d={drawn.shapes.find((shape) => shape.id === id)?.path} class="outline" />
        ))}
      </svg>
      {active && <Tooltip row={rowOf(active)} id={active} at={zoom.place(pointOf(active))} source={source} />}
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

/** Places with data by rank, then the others by name. */
function keyOrder(shapes: Shape[], rows: Row[], rowOf: (shape: string) => Row | null, lowest: boolean): string[] {
  const rank = new Map(inOrder(rows.filter((row) => row.kind === "value"), lowest ? "lowest" : "highest").map((row, at) => [row.place, at]));
  const of = (shape: Shape) => rank.get(rowOf(shape.id)?.place ?? "") ?? Number.MAX_SAFE_INTEGER;
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

function label(row: Row | null, shape: string, byRate: boolean): string {
  if (!row) return shape;
  const joint = row.parts.length ? ` (${t("world-joint")})` : "";
  const said = row.kind === "value" ? (byRate ? `${row.rate} ${t("per-100k")}` : row.text) : row.why;
  return `${row.name}${joint}: ${said}${row.range ? `; ${t("interval", { range: row.range })}` : ""}`;
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

