import { describe, expect, test, vi } from "vitest";
import type { Measure, ShownFigure } from "../../api/types";
import { communitiesOf } from "./Communities";
import { changeWords } from "./Record";
import { threatRows } from "./Threats";
import type { Page } from "./about";

vi.mock("../../router", () => ({ setQuery: () => {}, href: (path: string) => path }));
// The words say nothing here but which ones were chosen, and of what.
vi.mock("../../words", () => ({
  t: (id: string, args?: object) => (args ? `${id} ${Object.values(args).join(" ")}` : id),
  has: () => false,
  language: () => "en",
  measureName: (measure: Measure) => measure.id,
}));

function figure(measure: string, part: Partial<ShownFigure>): ShownFigure {
  const value = part.value ?? null;
  return {
    measure,
    value,
    low: null,
    high: null,
    per_100k: null,
    coverage: "covered",
    data_period: "2020",
    ...part,
    shown: { sign: "", mark: "", value, low: part.low ?? null, high: part.high ?? null, decimals: 0, ...part.shown },
  } as ShownFigure;
}

function rows(figures: ShownFigure[]) {
  const page = { answer: { figures }, core: { fear: ["displaced"], want: ["poverty"] }, measures: new Map() } as unknown as Page;
  return new Map(threatRows(page).map((row) => [row.id, row]));
}

describe("who faces which threat", () => {
  test("a share that is known is neither open nor a range", () => {
    const row = rows([figure("displaced", { value: 50, per_100k: 10_000 })]).get("displaced")!;
    expect([row.low, row.high]).toEqual([0.1, 0.1]);
  });
  test("a minimum is open upwards", () => {
    const least = figure("displaced", { value: 50, per_100k: 10_000 });
    least.shown.sign = "≥ ";
    expect(rows([least]).get("displaced")!.high).toBeNull();
  });
  test("a bound with both ends has both", () => {
    const row = rows([figure("facing_at_least_one_threat", { value: 50, low: 50, high: 100, per_100k: 10_000 })]).get("facing_at_least_one_threat")!;
    expect([row.low, row.high]).toEqual([0.1, 0.2]);
  });
  test("a bound without its upper end is open upwards", () =>
    expect(rows([figure("facing_fear", { value: 50, low: 50, per_100k: 10_000 })]).get("facing_fear")!.high).toBeNull());
  test("what is too old is not known, and says so", () => {
    const row = rows([figure("poverty", { value: 5, per_100k: 10, coverage: "stale" })]).get("poverty")!;
    expect([row.low, row.said]).toEqual([null, "threat-too-old 5 2020"]);
  });
  test("nobody is a share of zero, not an unknown one", () =>
    expect(rows([figure("poverty", { value: 0, per_100k: 0 })]).get("poverty")!.low).toBe(0));
});

describe("a change", () => {
  test("is told in per cent up to the double", () => expect(changeWords(44_957_458, 37_860_221)).toBe("change-percent −16"));
  test("is told in times from the double on", () =>
    expect([changeWords(730_000, 3_665_165), changeWords(311, 68_116)]).toEqual(["change-times 5.0", "change-times 219"]));
  test("from none and to none has no rate", () => expect([changeWords(0, 17), changeWords(17, 0)]).toEqual(["change-from-none", "change-to-none"]));
  test("of next to nothing is none", () => expect(changeWords(10_000, 10_001)).toBe("change-unchanged"));
});

test("the rows of communities come together by community", () => {
  const row = (place: string, measure: string) => ({ place, place_name: place, measure }) as ShownFigure;
  const all = communitiesOf([row("A", "killed"), row("B", "killed"), row("A", "idps")]);
  expect(all.map((one) => [one.place, [...one.figures.keys()]])).toEqual([
    ["A", ["killed", "idps"]],
    ["B", ["killed"]],
  ]);
});
