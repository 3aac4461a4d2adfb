import { expect, test } from "vitest";
import { seriesOf } from "./series";

const answer = {
  place: "UKR",
  history: { killed: { periods: ["2022", "2023", "2024"], value: [100, null, 0], low: [90, null, null], high: [150, null, null], per_100k: [10, null, 0] } },
};

test("a year without a value stays without", () => {
  expect(seriesOf(answer, "killed", false)[0]?.points[1]).toEqual({ year: 2023, value: null, low: null, high: null });
});

test("an interval is divided by the population of its value", () => {
  expect(seriesOf(answer, "killed", true)[0]?.points[0]).toEqual({ year: 2022, value: 10, low: 9, high: 15 });
});

test("a measure without history is no series", () => {
  expect(seriesOf(answer, "idps", false)).toEqual([]);
});
