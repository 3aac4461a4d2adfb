import { describe, expect, test } from "vitest";
import type { IndexNode } from "../../api/types";
import { formatWeights, largest, nest, ownWeights, parseWeights, rankChanges, type RankedPlace, sameValues } from "./weights";

const node = (id: string, depth: number, weight: number | null = 0.5): IndexNode => ({
  id,
  title: id,
  depth,
  parent: null,
  weight,
  share: 0,
  input: false,
  source: null,
  adjustable: depth > 0,
});
const TREE = [node("index", 0, null), node("fear", 1), node("dead", 2), node("driven", 2), node("want", 1)];

test("the tree is nested by depth, in reading order", () => {
  const [index] = nest(TREE);
  expect(index!.parts.map((part) => part.node.id)).toEqual(["fear", "want"]);
  expect(index!.parts[0]!.parts.map((part) => part.node.id)).toEqual(["dead", "driven"]);
  expect(index!.parts[1]!.parts).toEqual([]);
});

describe("weights in the address", () => {
  test("come back as they went", () => {
    const weights = { fear: 0.3, want: 0.7 };
    expect(parseWeights(formatWeights(weights, {}))).toEqual(weights);
  });
  test("leave out what is the recipe's own, also where a third was rounded", () =>
    expect(formatWeights({ fear: 0.333, want: 0.4 }, { fear: 1 / 3, want: 0.5 })).toBe("want:0.4"));
  test("that are none are not taken", () => expect(parseWeights("fear:x,want:-1,:2,dead:0.25")).toEqual({ dead: 0.25 }));
});

test("the index itself has no weight", () => expect(Object.keys(ownWeights(TREE))).toEqual(["fear", "dead", "driven", "want"]));
test("where the recipe names no weight it is one", () => expect(ownWeights([node("fear", 1, null)])).toEqual({ fear: 1 }));
test("a slider reaches twice the recipe's own weight", () => expect([largest(0.25), largest(1), largest(3)]).toEqual([1, 2, 6]));

test("a place that rises from third to first has gained two ranks; one without a rank has neither gained nor lost", () => {
  const place = (id: string, rank: number | null) => ({ place: id, ranks: [rank] }) as unknown as RankedPlace;
  const changes = rankChanges([place("A", 3), place("B", null)], [place("A", 1), place("B", 2)]);
  expect([...changes]).toEqual([["A", 2]]);
});

test("weights without effect are seen by the values", () => {
  const place = (value: number | null) => [{ place: "A", values: [value] }] as unknown as RankedPlace[];
  expect([sameValues(place(0.5), place(0.5)), sameValues(place(0.5), place(0.6)), sameValues(place(null), place(null))]).toEqual([true, false, true]);
});
