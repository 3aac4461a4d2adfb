import { beforeAll, describe, expect, it, vi } from "vitest";
import { asCsv, askPath, classPath, type DonorRow, type Examination, type PolicyBrief, policyPath, type VerdictWord } from "../../api/impact";
import { broken, runsOf, thinned } from "../../charts/Course";
import { piled } from "../../charts/DotStack";
import { LANGUAGES, showLanguage, t } from "../../words";
import { shareOf, wrongIn } from "./AskForm";
import { changeScale } from "./Cases";
import { weighty } from "./Donors";
import { powers } from "./Placebos";
import { askedOf, chance, change, changeRange, counted, decimalsFor, filtered, inOrder, kindsOf, peopleRange, peopleWords, periodsOf, placeOf, placeOfDay, plainRange, signed, unitParts, WORDS } from "./say";

vi.mock("../../router", () => ({ setQuery: () => {}, href: (path: string) => path, useQuery: () => ["", () => {}], useRoute: () => ({ query: new URLSearchParams() }), navigate: () => {} }));
vi.stubGlobal("window", { location: { search: "?lang=en" } });
vi.stubGlobal("document", { documentElement: {} });

beforeAll(async () => {
  const { startWords } = await import("../../words");
  await startWords();
});

function policy(id: string, date: string, word: VerdictWord | null, of: Partial<PolicyBrief> = {}): PolicyBrief {
  const verdict = word && { word, sentence: "", reasons: [], margin: null };
  const blank = { title: id, kind: "ceasefire", kind_title: "ceasefire", place: { code: "SDN", name: "Sudan" }, until: null, because_of_harm: true, source: "", checked: null };
  return { id, date, verdict, ...blank, outcome: "killed", outcome_title: null, people: null, ...of };
}

describe("policies", () => {
  const rows = [policy("open", "2010-01-01", null), policy("untold", "2015-01-01", "cannot-be-told"), policy("old", "1999-01-01", "none-larger"), policy("new", "2005-01-01", "fewer"), policy("late", "2020-01-01", "cannot-be-told")];
  it("come with the findings first, then the newest; what is not computed comes last", () => expect(inOrder(rows).map((row) => row.id)).toEqual(["new", "old", "late", "untold", "open"]));
  it("are filtered by kind, place and verdict", () => {
    const nothing = { kind: "", of: "", verdict: "" };
    expect(filtered(rows, nothing)).toHaveLength(5);
    expect(filtered(rows, { ...nothing, verdict: "cannot-be-told" }).map((row) => row.id)).toEqual(["untold", "late"]);
    expect(filtered(rows, { ...nothing, verdict: "computing" }).map((row) => row.id)).toEqual(["open"]);
    expect(filtered(rows, { ...nothing, of: "LBR" })).toEqual([]);
    expect(filtered(rows, { ...nothing, kind: "ceasefire", of: "SDN" })).toHaveLength(5);
  });
  it("have kinds, each once", () => expect(kindsOf([...rows, policy("x", "2000-01-01", null, { kind: "arms-embargo" })]).map((kind) => [kind.id, kind.count])).toEqual([["ceasefire", 5], ["arms-embargo", 1]]));
});

describe("people", () => {
  it("are fewer below zero and more above", () => {
    expect(peopleWords(-1234.4)).toBe("1,234 people fewer than expected");
    expect(peopleWords(1)).toBe("1 person more than expected");
    expect(peopleWords(-0.4)).toBe("as many people as expected");
  });
  it("have an interval on the side on which it lies", () => {
    expect(peopleRange({ low: -900, high: -100 })).toBe("between 100 and 900 fewer");
    expect(peopleRange({ low: 100, high: 900 })).toBe("between 100 and 900 more");
    expect(peopleRange({ low: -900, high: 40 })).toBe("between 900 fewer and 40 more");
    expect(peopleRange({ low: null, high: 40 })).toBe("");
  });
});

describe("figures", () => {
  it("of log rate ratios are changes in per cent", () => {
    expect(change(Math.log(0.8))).toBe("−20 %");
    expect(change(Math.log(1.25))).toBe("+25 %");
    expect(change(0)).toBe("0 %");
    expect(change(Math.log(20))).toBe("× 20");
    expect(change(null)).toBe("–");
    expect(changeRange(Math.log(0.5), null)).toBe("");
    expect(changeRange(Math.log(0.5), 0)).toBe("−50 % to 0 %");
  });
  it("have their sign, and zero has none", () => {
    expect([signed(1.25, 1), signed(-1.25, 1), signed(0.04, 1), signed(null)]).toEqual(["+1.3", "−1.3", "0.0", "–"]);
    expect([plainRange(1, 2), plainRange(-1, 2), plainRange(null, 2)]).toEqual(["1–2", "−1 to +2", ""]);
  });
  it("have three digits, and no more than three decimals", () => expect([[123.4], [12.3], [1.2, 0.001], [0.0123], [0], [null]].map(decimalsFor)).toEqual([0, 1, 2, 3, 0, 0]));
  it("of chance are never told as zero", () => expect([chance(0.0002), chance(0.025), chance(0.5), chance(null)]).toEqual(["< 0.001", "0.025", "0.50", "–"]));
});

describe("time", () => {
  it("places periods by year and by month, and others by their order", () => {
    expect([placeOf("1999", 0, "year"), placeOf("1999-03", 0, "month"), placeOf("T+1", 7, "year")]).toEqual([1999, 1999 * 12 + 2, 7]);
  });
  it("places a day between the periods that it parts", () => {
    expect(placeOfDay("2000-01-01", "year")).toBe(1999.5);
    expect(placeOfDay("2000-07-01", "year")).toBe(2000);
    expect(placeOfDay("2000-03-01", "month")).toBe(2000 * 12 + 2 - 0.5);
    expect(placeOfDay("2000", "year")).toBe(1999.5);
  });
  it("breaks lines and bands where periods are set aside", () => {
    expect(broken([1998, 1999, 2001], [[0, 0], [1, 1], [2, 2]])).toEqual([[0, 0], [1, 1], null, [2, 2]]);
    expect(runsOf([1998, 1999, 2001, 2002], [[0, 1], [0, 1], [0, 1], null])).toEqual([[0, 1], [2]]);
  });
  it("thins labels and keeps the last", () => expect(thinned([1, 2, 3, 4, 5], 3)).toEqual([1, 3, 5]));
});

describe("an examination", () => {
  const base = { unit: "SDN", method: "sc", times: ["1998", "1999", "2001"], pre: 2, observed: [3, 2, 1], gaps: [0.5, -0.5, -2] } as unknown as Examination;
  const fit = { counterfactual: [2.5, 2.5, 3] } as Examination["fit"];
  const conformal = { p: 0.3, smallest: 0.3, interval: null, periods: [null] };
  it("has its periods with what is known of each; unbounded is not the same as not asked", () => {
    const rows = periodsOf({ ...base, fit, space: null, conformal }, "year");
    expect(rows.map((row) => row.gap)).toEqual([0.5, -0.5, -2]);
    expect(rows.map((row) => row.conformal)).toEqual([undefined, undefined, null]);
    expect(rows.map((row) => row.after)).toEqual([false, false, true]);
  });
  it("without a fit has no gaps", () => expect(periodsOf({ ...base, fit: null, space: null, conformal: null }, "year").map((row) => row.gap)).toEqual([null, null, null]));
  it("names an episode by its place and beginning", () => expect([unitParts("SDN@2003"), unitParts("LBR")]).toEqual([{ code: "SDN", at: "2003" }, { code: "LBR", at: null }]));
  it("shows donors with a weight, the largest first, whichever its sign", () => {
    const donor = (code: string, weight: number | null): DonorRow => ({ place: { code, name: code }, used: true, weight, why_not: null });
    const { shown, rest } = weighty([donor("A", 0.1), donor("B", -0.3), donor("C", 0), donor("D", null)]);
    expect(shown.map((one) => one.place.code)).toEqual(["B", "A"]);
    expect(rest).toBe(2);
  });
  it("counts the same reasons together", () => expect(counted(["b", "a", "b"])).toEqual([["b", 2], ["a", 1]]));
});

describe("axes", () => {
  it("of ratios have few ticks", () => {
    expect(powers([0.3, 8])).toEqual([0.5, 1, 2, 5]);
    expect(powers([0.01, 1000])).toEqual([0.01, 0.1, 1, 10, 100, 1000]);
  });
  it("of changes hold no effect, and end at twentyfold", () => {
    const { scale, ticks } = changeScale([-9, 0.2, 9]);
    expect(scale.domain()[0]).toBeLessThan(-Math.log(20));
    expect(scale.domain()[1]).toBeLessThan(Math.log(30));
    expect(ticks.some((tick) => tick.at === 0)).toBe(true);
  });
  it("pile what is alike", () => expect(piled([10, 11, 20], 8)).toEqual([{ at: 8, level: 0 }, { at: 8, level: 1 }, { at: 24, level: 0 }]));
});

describe("an own question", () => {
  it("is in the address, and nothing else is", () => {
    const asked = askedOf(new URLSearchParams("outcome=killed&place=SDN&from=2003-01-01&lang=fr&donors=LBR,SLE&margin="));
    expect(asked).toEqual({ outcome: "killed", place: "SDN", from: "2003-01-01", donors: "LBR,SLE" });
    expect(askPath(asked)).toBe("/api/v1/impact/ask?outcome=killed&place=SDN&from=2003-01-01&donors=LBR,SLE");
    expect(asCsv(askPath({ place: "SDN" }))).toBe("/api/v1/impact/ask?place=SDN&format=csv");
    expect(asCsv(policyPath("a b"))).toBe("/api/v1/impact/policies/a%20b?format=csv");
    expect(classPath("x")).toBe("/api/v1/impact/classes/x");
  });
  it("needs a place and a day, and a margin between nothing and everything", () => {
    expect(wrongIn({})).toEqual(["place", "from"]);
    expect(wrongIn({ place: "SDN", from: "2003-01-01", until: "2002-01-01", margin: "1.5" })).toEqual(["until", "margin"]);
    expect(wrongIn({ place: "SDN", from: "2003-01-01", margin: shareOf("25") })).toEqual([]);
    expect(shareOf("25")).toBe("0.25");
    expect(wrongIn({ place: "SDN", from: "2003-01-01", margin: shareOf("0") })).toEqual(["margin"]);
  });
});

it("every answer, method and check has words in every language", async () => {
  const ids = [
    ...[...WORDS, "computing"].map((word) => `impact-word-${word}`),
    ...WORDS.map((word) => `impact-word-${word}-said`),
    ...["its", "did", "sc", "sc-predictors", "ridge-sc", "difp", "sdid"].flatMap((method) => [`impact-method-${method}`, `impact-method-${method}-said`]),
    ...["donors", "periods-before", "hold-out", "detectable", "people", "varies", "peak", "episodes", "sham-dates", "reporting"].map((check) => `impact-check-${check}`),
    ...["treaty-in-force", "peace-operation", "ceasefire", "peace-agreement", "arms-embargo", "aid-surge"].map((kind) => `impact-kind-${kind}`),
    ...["conformal", "placebo", "robust"].map((kind) => `impact-interval-${kind}`),
    ...["donors", "before", "hold-out", "detectable", "harm", "alpha", "large-p"].map((rule) => `impact-rule-${rule}`),
  ];
  for (const language of LANGUAGES) {
    await showLanguage(language);
    expect(ids.filter((id) => t(id) === id), language).toEqual([]);
  }
  await showLanguage("en");
});
