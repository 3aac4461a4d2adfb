export type Point = [x: number, y: number];

/** A line through the points; where one is unknown the line breaks. */
export function linePath(points: (Point | null)[]): string {
  let path = "";
  let open = false;
  for (const point of points) {
    if (point) path += `${open ? "L" : "M"}${round(point[0])},${round(point[1])}`;
    open = point !== null;
  }
  return path;
}

/** Points with an unknown one on either side, which a line would not show. */
export function lonePoints(points: (Point | null)[]): Point[] {
  return points.filter((point, at): point is Point => point !== null && !points[at - 1] && !points[at + 1]);
}

/** The area between a lower and an upper edge. */
export function bandPath(low: Point[], high: Point[]): string {
  const edge = [...low, ...[...high].reverse()].map(([x, y]) => `${round(x)},${round(y)}`);
  return edge.length ? `M${edge.join("L")}Z` : "";
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
