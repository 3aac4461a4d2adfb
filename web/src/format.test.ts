import { beforeEach, expect, test, vi } from "vitest";
import type { Shown } from "./api/types";
import { day, month, number, percent, range, rate, shownRange, shownRate, shownValue, spoken } from "./format";

const words = vi.hoisted(() => ({ language: "en" }));
vi.mock("./words", () => ({ language: () => words.language }));
beforeEach(() => void (words.language = "en"));

const shown = (part: Partial<Shown>): Shown => ({
  sign: "",
  mark: "",
  value: null,
  low: null,
  high: null,
  decimals: 0,
  rate: null,
  rate_decimals: 0,
  rate_under: false,
  ...part,
});

test("a value is written as the command line writes it", () => {
  expect(shownValue(shown({ value: 68116 }))).toBe("68,116");
  expect(shownValue(shown({ value: 3670000, sign: "≥ " }))).toBe("≥ 3,670,000");
  expect(shownValue(shown({ value: 0, mark: "†" }))).toBe("0†");
  expect(shownValue(shown({ value: 9582 }))).toBe("9,582");
  expect(shownValue(shown({ value: 0.74, decimals: 3 }))).toBe("0.740");
  expect(shownValue(shown({ value: 71.5, decimals: 1, sign: "≤ ", mark: "*" }))).toBe("≤ 71.5*");
  expect(number(-1234)).toBe("\u22121,234");
});

test("nothing known is a dash and never a zero", () => {
  expect(shownValue(shown({}))).toBe("–");
  expect(shownRate(shown({}))).toBe("–");
  expect(shownRange(shown({ low: 1 }))).toBe("");
  expect(number(null)).toBe("–");
});

test("an interval has the digits of its value", () => {
  expect(shownRange(shown({ low: 62559, high: 115424 }))).toBe("62,559–115,424");
  expect(range(62.75, 69.49, 2)).toBe("62.75–69.49");
});

test("a rate is cut where digits end to mean something", () => {
  expect(shownRate(shown({ rate: 0.04, rate_decimals: 2 }))).toBe("0.04");
  expect(shownRate(shown({ rate: 0.001, rate_under: true }))).toBe("< 0.01");
  expect([0, 0.001, 0.044, 12.34, 1234].map(rate)).toEqual(["0", "< 0.01", "0.04", "12.3", "1,234"]);
});

test("a chance near certain is not told as certain", () => {
  expect([0.978, 0.5, 0.0001, 0.9999].map((share) => percent(share))).toEqual(["97.8 %", "50 %", "<0.1 %", ">99.9 %"]);
  expect(percent(0.25, 0)).toBe("25 %");
});

test("large numbers are spoken in millions", () => {
  expect([2_350_000, 12_340_000, 1_230_000_000, 68_116].map(spoken)).toEqual(["2.35 million", "12.3 million", "1.23 billion", "68,116"]);
});

test("French has its own spaces, commas and words", () => {
  words.language = "fr";
  expect(shownValue(shown({ value: 3670000, sign: "≥ " }))).toBe("≥ 3\u202f670\u202f000");
  expect(percent(0.978)).toBe("97,8\u202f%");
  expect(spoken(2_350_000)).toBe("2,35 millions");
  expect(spoken(1_230_000)).toBe("1,23 million");
  expect(month("2023-01")).toBe("janvier 2023");
});

test("months and days are spelt", () => {
  expect(month("2023-01-01")).toBe("January 2023");
  expect(day("2025-06-30")).toBe("30 June 2025");
});
