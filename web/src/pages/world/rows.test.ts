import { expect, test, vi } from "vitest";
import type { Coverage, World, WorldColumn } from "../../api/types";
import { FORECAST, inOrder, rowOfShape, table } from "./rows";

vi.mock("../../router", () => ({ setQuery: () => {} }));

interface Given {
  place: string;
  value: number | null;
  sign?: "≥ ";
  mark?: "*" | "†";
  coverage?: Coverage;
  low?: number;
  high?: number;
  rate?: number | null;
}

function world(measure: string, given: Given[]): World {
  const column: WorldColumn = {
    value: given.map((one) => one.value),
    low: given.map((one) => one.low ?? null),
    high: given.map((one) => one.high ?? null),
    per_100k: given.map((one) => one.rate ?? null),
    coverage: given.map((one) => one.coverage ?? "covered"),
    shown: [],
    rounded: given.map((one) => one.value),
    sign: given.map((one) => one.sign ?? ""),
    mark: given.map((one) => one.mark ?? ""),
    decimals: measure === "hdi" ? 3 : 0,
    source: given.map(() => "idmc + unhcr"),
  };
  const places = given.map((one) => one.place);
  return { period: "2024", replay: null, notes: [], sources: [], places, names: places, measures: { [measure]: column }, forecast: null };
}

const rowsOf = (measure: string, given: Given[], per = false) => table(world(measure, given), measure, per, new Map());

test("what is missing is no zero, and none recorded is neither", () => {
  const { rows } = rowsOf("killed", [
    { place: "UKR", value: 68116 },
    { place: "CHE", value: null, coverage: "none recorded" },
    { place: "ISR", value: null, coverage: "not covered" },
  ]);
  expect(rows.map((row) => row.kind)).toEqual(["value", "none recorded", "no data"]);
});

test("a joint place lends its value to the parts that have none", () => {
  const { rows } = rowsOf("killed", [
    { place: "ISR+PSE", value: 21476 },
    { place: "ISR", value: null, coverage: "not covered" },
    { place: "PSE", value: 5 },
  ]);
  const of = rowOfShape(rows);
  expect(of("ISR")?.text).toBe("21,476");
  expect(of("PSE")?.text).toBe("5");
  expect(of("XXX")).toBeNull();
});

test("at least, wide and old values are told apart from plain ones", () => {
  const { rows, shared } = rowsOf("displaced_in_country", [
    { place: "A", value: 10, low: 9, high: 12 },
    { place: "B", value: 10, sign: "≥ " },
    { place: "C", value: 10, low: 5, high: 40 },
    { place: "D", value: 10, mark: "†", coverage: "stale" },
  ]);
  expect(rows.map((row) => row.doubt)).toEqual(["", "least", "wide", "stale"]);
  expect(shared).toBe("");
});

test("where every value is a bound, that is said once", () => {
  expect(rowsOf("facing_want", [{ place: "A", value: 1e6, sign: "≥ ", rate: 900 }]).shared).toBe("least");
});

test("a bound of next to nothing does not read like safety", () => {
  const { rows } = rowsOf("facing_want", [{ place: "A", value: 12, sign: "≥ ", coverage: "incomplete", rate: 0.3 }]);
  expect(rows[0]?.kind).toBe("no data");
});

test("a rate keeps the sign and the mark of its value, and its interval is that of the value", () => {
  const { rows } = rowsOf("idps", [{ place: "A", value: 1000, sign: "≥ ", mark: "*", low: 900, high: 1100, rate: 50 }], true);
  expect(rows[0]).toMatchObject({ by: 50, low: 45, high: 55, rate: "≥ 50.0*" });
});

test("the world is not among the places", () => {
  const all = rowsOf("killed", [
    { place: "WLD", value: 160900 },
    { place: "UKR", value: 68116 },
  ]);
  expect([all.world?.text, all.rows.length]).toEqual(["160,900", 1]);
});

test("places without a forecast are named, not left out", () => {
  const given = world("killed", [
    { place: "UKR", value: 1 },
    { place: "NIU", value: null },
  ]);
  given.forecast = { origin: "2022-12", replay: true, from: "2023-01", to: "2023-12", places: ["UKR"], median: [0.2], low_90: [0], high_90: [30], p_25: [0.978], per_100k: [null], sources: [] };
  const { rows } = table(given, FORECAST, false, new Map());
  expect(rows.map((row) => [row.place, row.kind, row.text, row.range])).toEqual([
    ["UKR", "value", "<1", "0–30"],
    ["NIU", "no data", "", ""],
  ]);
});

test("an index of which the lowest is the worst is listed from the lowest", () => {
  const { rows } = rowsOf("hdi", [
    { place: "CHE", value: 0.967 },
    { place: "SOM", value: 0.38 },
  ]);
  expect(inOrder(rows, "lowest").map((row) => row.place)).toEqual(["SOM", "CHE"]);
});

test("a value is told in the digits of its measure, with its own sources", () => {
  const { rows } = rowsOf("hdi", [{ place: "SOM", value: 0.38, mark: "*" }]);
  expect(rows[0]).toMatchObject({ text: "0.380*", sources: ["idmc", "unhcr"] });
});
