import { expect, test } from "vitest";
import { at, isBeyond, TICKS } from "./time";

test("the ticks stand at even distances, from the beginning on", () => {
  const places = TICKS.map(at);
  expect(places[0]).toBe(0);
  places.forEach((place, n) => expect(place).toBeCloseTo(n / 6));
});

test("more days never stand before fewer, and none stand outside of the axis", () => {
  const places = Array.from({ length: 1200 }, (_, days) => at(days));
  places.slice(1).forEach((place, n) => expect(place).toBeGreaterThanOrEqual(places[n]!));
  expect([at(-3), at(730), at(5000)]).toEqual([0, 1, 1]);
});

test("half-way between two ticks is half-way in days", () => expect(at(60)).toBeCloseTo(2.5 / 6));

test("what ends beyond the axis is told", () => expect([isBeyond(730), isBeyond(731)]).toEqual([false, true]));
