import type { Measure } from "../api/types";
import type { Theme } from "../theme";

/**
 * Two sequential scales, even in perceived lightness (OKLCH) and running one way only, so that they are read without
 * telling hues apart. The same colours stand in `style/base.css` as `--fear-1` … `--want-6`.
 */
export type Scale = "fear" | "want";

export const SCALES: Record<Scale, Record<Theme, string[]>> = {
  fear: {
    light: ["#facac5", "#e39ca3", "#c5718a", "#a04a78", "#742b64", "#46154a"],
    dark: ["#533559", "#814774", "#b25c84", "#dd798d", "#fba09a", "#ffcfbb"],
  },
  want: {
    light: ["#b8e3d2", "#78c2ba", "#3e9ea8", "#1b7891", "#175272", "#182e4b"],
    dark: ["#2c4462", "#2b6586", "#248aa1", "#3dafb2", "#77d0bd", "#b6edce"],
  },
};

/** The scale of a measure; deaths that are forecast have none and are of fear. */
export function scaleOf(measure: Pick<Measure, "sort"> | undefined): Scale {
  return measure?.sort === "want" || measure?.sort === "neither" ? "want" : "fear";
}

const CLASSES = 6;

/** Colours for what is drawn by style: they follow the theme by themselves. Of fewer classes the pale ones are left out. */
export function styleColours(scale: Scale, classes = CLASSES): string[] {
  return Array.from({ length: classes }, (_, at) => `var(--${scale}-${CLASSES - classes + at + 1})`);
}

export const NO_DATA = "var(--no-data)";
export const NONE_RECORDED = "var(--none-recorded)";

/** Colours for lines and bars of different places or things, told apart also by the colour-blind (after Okabe and Ito). */
export const SERIES: Record<Theme, string[]> = {
  light: ["#0b6e99", "#b8500f", "#3f7d3a", "#8a4a8f", "#8c6d1f", "#33506e", "#a33b5a", "#5b5b5b"],
  dark: ["#5db6e0", "#f0975a", "#86c47e", "#cf97d4", "#dcc06a", "#9ab4d4", "#f08ba5", "#b8b8b8"],
};

/**
 * Five limits of six classes, or fewer where a class would hold nothing. Amounts spread over orders of magnitude get steps of about three or of ten, so that the
 * classes hold what there is; an index gets even steps.
 */
export function limits(values: number[], even = false): number[] {
  const known = values.filter((value) => value > 0).sort((a, b) => a - b);
  const low = known[Math.floor(known.length * 0.1)];
  const high = known[Math.ceil(known.length * 0.97) - 1];
  if (low === undefined || high === undefined || known.length < 2) return [1, 10, 100, 1000, 10000];
  const [least, most] = [known[0]!, known.at(-1)!];
  const all = (even ? evenLimits(least, most) : stepLimits(low, high)).filter((limit) => limit > least && limit <= most);
  const further = (all.at(-1) ?? most) * 10;
  return !even && all.length < CLASSES - 1 && further <= most ? [...all, further] : all;
}

function evenLimits(low: number, high: number): number[] {
  const step = niceStep((high - low) / CLASSES);
  const first = Math.ceil((low + step * 0.5) / step) * step;
  return Array.from({ length: CLASSES - 1 }, (_, at) => Number((first + at * step).toPrecision(6)));
}

function niceStep(step: number): number {
  const scale = 10 ** Math.floor(Math.log10(step || 1));
  return ([1, 2, 5, 10].find((nice) => nice * scale >= step) ?? 10) * scale;
}

/** Limits such as 10, 100, 1,000 or 300, 1,000, 3,000, the highest of them below `high`. */
function stepLimits(low: number, high: number): number[] {
  const wide = Math.log10(high / low) > 3;
  const top = Math.floor(Math.log10(high) * (wide ? 1 : 2)) / (wide ? 1 : 2);
  const step = wide ? 1 : 0.5;
  return Array.from({ length: CLASSES - 1 }, (_, at) => tidy(top - (CLASSES - 2 - at) * step));
}

/** 10^0.5 is told as 3. */
function tidy(exponent: number): number {
  const whole = Math.floor(exponent + 1e-9);
  return Number(((exponent - whole > 0.25 ? 3 : 1) * 10 ** whole).toPrecision(3));
}

/** The class of a value, from 0. */
export function classOf(value: number, of: number[]): number {
  return of.filter((limit) => value >= limit).length;
}
