import { scaleLinear, scaleSqrt, scaleSymlog, type ScaleContinuousNumeric } from "d3-scale";

export type ScaleKind = "linear" | "sqrt" | "log1p";

/** A scale of counts from zero. `log1p` is log(1 + x): it has a place for zero, which a logarithm has not. */
export function countScale(kind: ScaleKind, max: number, range: [number, number]): ScaleContinuousNumeric<number, number> {
  const scale = kind === "sqrt" ? scaleSqrt() : kind === "log1p" ? scaleSymlog().constant(1) : scaleLinear();
  return scale.domain([0, Math.max(max, 1)]).range(range);
}

/** Round values for the axis, zero among them. */
export function countTicks(kind: ScaleKind, max: number, count: number): number[] {
  const top = Math.max(max, 1);
  if (kind === "log1p") return thin([0, ...powersOfTen(top)], count + 1);
  if (kind === "sqrt") return thin([0, ...oneTwoFive(top).filter((tick) => tick >= top / 60)], count + 1);
  return scaleLinear().domain([0, top]).ticks(count).filter(Number.isInteger);
}

function powersOfTen(top: number): number[] {
  const ticks: number[] = [];
  for (let tick = 1; tick <= top; tick *= 10) ticks.push(tick);
  return ticks;
}

function oneTwoFive(top: number): number[] {
  return [0.1, ...powersOfTen(top)].flatMap((ten) => [ten, ten * 2, ten * 5]).filter((tick) => tick >= 1 && tick <= top);
}

// The largest and zero stay, for they say most; in between every second goes until there is room.
function thin(ticks: number[], count: number): number[] {
  if (ticks.length <= count) return ticks;
  const every = Math.ceil((ticks.length - 1) / (count - 1));
  return ticks.filter((_, at) => at === 0 || (ticks.length - 1 - at) % every === 0);
}
