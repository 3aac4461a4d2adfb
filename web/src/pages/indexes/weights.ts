import type { IndexAnswer, IndexNode } from "../../api/types";

export type Weights = Record<string, number>;

/** A node with its parts, and where it stands in the tree as the server lists it. */
export interface Nested {
  node: IndexNode;
  at: number;
  parts: Nested[];
}

/** The tree from the list of its nodes, which stand in reading order. */
export function nest(tree: IndexNode[]): Nested[] {
  const roots: Nested[] = [];
  const open: Nested[] = [];
  for (const [at, node] of tree.entries()) {
    const nested = { node, at, parts: [] };
    open.length = Math.min(open.length, node.depth);
    (open.at(-1)?.parts ?? roots).push(nested);
    open.push(nested);
  }
  return roots;
}

/** `health:0.5,income:0.2` in the address of the view. What is not a weight is left out. */
export function parseWeights(text: string): Weights {
  const weights: Weights = {};
  for (const part of text.split(",")) {
    const [node, value] = part.split(":");
    const weight = Number(value);
    if (node && value && Number.isFinite(weight) && weight >= 0) weights[node] = weight;
  }
  return weights;
}

/** Only the weights that are not the recipe's own are written. */
export function formatWeights(weights: Weights, own: Weights): string {
  return Object.entries(weights)
    .filter(([node, weight]) => !same(weight, own[node]))
    .map(([node, weight]) => `${node}:${Number(weight.toFixed(3))}`)
    .sort()
    .join(",");
}

// A third comes as 0.3333…; a slider set back to 0.333 means the same.
function same(weight: number, own: number | undefined): boolean {
  return own !== undefined && Math.abs(weight - own) < 0.0006;
}

/** The recipe's own weight of a node: one, where it names none. */
export function ownWeight(node: IndexNode): number {
  return node.weight ?? 1;
}

export function ownWeights(tree: IndexNode[]): Weights {
  return Object.fromEntries(tree.filter((node) => node.adjustable).map((node) => [node.id, ownWeight(node)]));
}

/** How far the slider goes: twice the recipe's own weight, and at least to one. */
export function largest(own: number): number {
  return Math.max(1, Math.ceil(own * 20) / 10);
}

export type RankedPlace = IndexAnswer["places"][number];

/** Whether every place has the value that it had: a minimum or a product of parts does not look at their weights. */
export function sameValues(own: RankedPlace[], now: RankedPlace[]): boolean {
  const before = new Map(own.map((place) => [place.place, place.values[0] ?? null]));
  return now.every((place) => before.get(place.place) === (place.values[0] ?? null));
}

/** How many ranks each place has gained (above zero) or lost against the recipe's own weights. */
export function rankChanges(own: RankedPlace[], now: RankedPlace[]): Map<string, number> {
  const before = new Map(own.map((place) => [place.place, place.ranks[0] ?? null]));
  const changes = new Map<string, number>();
  for (const place of now) {
    const [was, is] = [before.get(place.place) ?? null, place.ranks[0] ?? null];
    if (was !== null && is !== null) changes.set(place.place, was - is);
  }
  return changes;
}
