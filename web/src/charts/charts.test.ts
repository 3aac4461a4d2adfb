import { describe, expect, it, test, vi } from "vitest";
import { decimalsOf } from "./Lines";
import { lastMonths, monthAfter, monthNumber, monthText, yearTicks } from "./months";
import { bandPath, linePath, lonePoints } from "./paths";
import { countScale, countTicks } from "./scales";

vi.mock("../router", () => ({ setQuery: () => {} }));

describe("months", () => {
  it("come back as they went", () => expect(monthText(monthNumber("2022-12"))).toBe("2022-12"));
  it("go on into the next year", () => expect(monthAfter("2022-12", 1)).toBe("2023-01"));
  it("have their years' labels at January", () =>
    expect(yearTicks("2020-11", 30, 10)).toEqual([
      { at: 2, year: 2021 },
      { at: 14, year: 2022 },
      { at: 26, year: 2023 },
    ]));
  it("have fewer labels where there is less room", () =>
    expect(yearTicks("1989-01", 408, 5).map((tick) => tick.year)).toEqual([1995, 2002, 2009, 2016].filter((y) => y % 7 === 0)));
  it("of the end keep the month in which they begin", () =>
    expect(lastMonths("2020-01", [1, 2, 3, null], 2)).toEqual({ from: "2020-03", values: [3, null] }));
});

describe("a scale of counts", () => {
  it("has a place for zero on the logarithmic scale", () => expect(countScale("log1p", 1000, [100, 0])(0)).toBe(100));
  it("keeps zero and the largest power of ten among its ticks", () => {
    const ticks = countTicks("log1p", 250_000, 4);
    expect([ticks[0], ticks.at(-1)]).toEqual([0, 100_000]);
    expect(ticks.length).toBeLessThanOrEqual(5);
  });
  it("has ticks where nobody was killed", () => expect(countTicks("linear", 0, 4)).toEqual([0, 1]));
  it("has whole numbers on the root scale, for people are whole", () => expect(countTicks("sqrt", 3, 4).every(Number.isInteger)).toBe(true));
});

describe("a line", () => {
  it("breaks where a month is unknown", () => expect(linePath([[0, 0], null, [2, 2], [3, 3]])).toBe("M0,0M2,2L3,3"));
  it("shows a known month between unknown ones as a point", () => expect(lonePoints([[0, 0], null, [2, 2], [3, 3]])).toEqual([[0, 0]]));
});

test("ticks have as many decimals as tell them apart", () =>
  expect([decimalsOf([0, 0.2]), decimalsOf([0, 1]), decimalsOf([0, 0.05]), decimalsOf([0, 500])]).toEqual([1, 0, 2, 0]));

describe("a band", () => {
  it("goes along its low edge and back along its high edge", () =>
    expect(
      bandPath(
        [
          [0, 9],
          [1, 8],
        ],
        [
          [0, 1],
          [1, 2],
        ],
      ),
    ).toBe("M0,9L1,8L1,2L0,1Z"));
});
