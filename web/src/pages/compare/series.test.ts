import { expect, test } from "vitest";
import type { History } from "../../api/types";
import { seriesOf } from "./series";

const killed: History = {
  periods: ["2021", "2023", "2024"],
  value: [100, 20, 0],
  low: [90, null, null],
  high: [150, null, null],
  per_100k: [10, null, 0],
  coverage: ["covered", "incomplete", "none recorded"],
  rounded: [100, 20, 0],
  sign: ["", "≥ ", ""],
  decimals: 0,
};
const answer = { place: "UKR", history: { killed } };

test("a year that is left out breaks the line", () => {
  const points = seriesOf(answer, "killed", false)[0]!.points;
  expect(points.map((point) => [point.year, point.value])).toEqual([
    [2021, 100],
    [2022, null],
    [2023, 20],
    [2024, 0],
  ]);
});

test("an interval is divided by the population of its value", () => {
  expect(seriesOf(answer, "killed", true)[0]?.points[0]).toMatchObject({ value: 10, low: 9, high: 15 });
});

test("a year without a rate stays without", () => {
  expect(seriesOf(answer, "killed", true)[0]?.points[2]?.value).toBeNull();
});

test("a measure without history is no series", () => {
  expect(seriesOf(answer, "idps", false)).toEqual([]);
});

test("a year is told as the API rounds it, with its sign", () => {
  const [series] = seriesOf(answer, "killed", false);
  expect(series!.decimals).toBe(0);
  expect(series!.points.map((point) => [point.sign, point.rounded])).toEqual([
    ["", 100],
    ["", null],
    ["≥ ", 20],
    ["", 0],
  ]);
});
