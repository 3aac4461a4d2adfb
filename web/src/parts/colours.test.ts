import { expect, test } from "vitest";
import { classOf, limits, SCALES } from "./colours";

test("limits of counts are powers of ten between the least and the most", () => {
  expect(limits([1, 5, 40, 300, 2000, 9000, 21000, 68000])).toEqual([10, 100, 1000, 10000]);
});

test("limits of an index are even", () => {
  expect(limits([0.38, 0.5, 0.62, 0.71, 0.8, 0.967], true)).toEqual([0.5, 0.6, 0.7, 0.8, 0.9]);
});

test("a value at a limit is in the higher class", () => {
  expect([9, 10, 11, 10000].map((value) => classOf(value, [10, 100, 1000, 10000]))).toEqual([0, 1, 1, 4]);
});

test("few or no values still give limits", () => {
  expect(limits([]).length).toBeGreaterThan(0);
  expect(limits([0, 0]).length).toBeGreaterThan(0);
});

/** Relative luminance, after WCAG. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test("every scale runs one way in lightness, so that it is read without telling hues apart", () => {
  for (const scale of Object.values(SCALES)) {
    const falling = scale.light.map(luminance);
    const rising = scale.dark.map(luminance);
    expect(falling).toEqual([...falling].sort((a, b) => b - a));
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
  }
});
