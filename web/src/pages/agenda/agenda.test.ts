import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, test, vi } from "vitest";
import type { AidYear, Counts, DueRow, IndicatorLine, PartyInstrument, StandingRow } from "../../api/types";
import { LANGUAGES, makeBundle } from "../../words";
import { steps, years } from "./Accession";
import { aidLines } from "./Aid";
import { byDuty, byMonth, byStatus, daysBetween, decimalsOf, distance, grouped } from "./days";
import { drawnLines } from "./Indicator";
import { byElement, recordWords } from "./Party";
import { DEADLINES, DUTIES, filtered, overOf, share, SINCE, STANDINGS, toneOf, TONES } from "./standing";

vi.mock("../../router", () => ({ setQuery: () => {}, href: (path: string) => path, useQuery: () => ["", () => {}], useRoute: () => ({ query: new URLSearchParams() }), navigate: () => {} }));
vi.stubGlobal("window", { location: { search: "?lang=en" } });
vi.stubGlobal("document", { documentElement: {} });

beforeAll(async () => {
  const { startWords } = await import("../../words");
  await startWords();
});

function due(of: Partial<DueRow>): DueRow {
  const blank = { kind: "duty", instrument: "apmbc", short: "APMBC", duty: "7-2", title: "", article: "", participant: "NOR", place: "NOR", name: "Norway", due: "2027-04-30", covers: null, status: "not-yet-due", told: "" } as const;
  return { ...blank, received: null, months: null, voluntary: false, extensions: [], source: null, source_as_of: null, basis: [], notes: [], ...of };
}

function row(of: Partial<StandingRow>): StandingRow {
  return { participant: "NOR", place: "NOR", name: "Norway", standing: "bound", told: "", since: null, since_basis: null, ahead: null, known_to: null, verified: true, declaration: false, source: null, source_as_of: null, basis: [], notes: [], ...of };
}

describe("months", () => {
  it("come in order, and what has no day comes last", () => {
    const months = byMonth([due({ due: "2027-04-30" }), due({ due: null }), due({ due: "2026-12-31" })], [{ date: "2027-01-10" }]);
    expect(months.map((one) => one.month)).toEqual(["2026-12", "2027-01", "2027-04", null]);
    expect(months[1]!.meetings).toHaveLength(1);
    expect(months[1]!.groups).toEqual([]);
  });
  it("hold what one day asks of many as one", () => {
    const groups = grouped([due({ participant: "NOR" }), due({ participant: "SWE" }), due({ duty: "7-1" }), due({ due: "2027-05-01" })]);
    expect(groups.map((group) => group.rows.length)).toEqual([2, 1, 1]);
  });
  it("lose no row", () => {
    const rows = Array.from({ length: 40 }, (_, at) => due({ due: at % 7 ? `2027-0${1 + (at % 9)}-10` : null, participant: String(at) }));
    expect(byMonth(rows, []).flatMap((month) => month.groups.flatMap((group) => group.rows))).toHaveLength(40);
  });
});

test("rows of one duty stand together", () => {
  expect(byDuty([due({}), due({ duty: "4", kind: "deadline" }), due({ participant: "SWE" })]).map((rows) => rows.length)).toEqual([2, 1]);
});

test("statuses are counted, each once", () => {
  expect(byStatus([due({}), due({ status: "overdue" }), due({})])).toEqual([
    ["not-yet-due", 2],
    ["overdue", 1],
  ]);
});

test("a distance is told in days, then in months, then in years", () => {
  expect(distance("2026-11-29", "2026-11-29")).toEqual({ unit: "days", count: 0, past: false });
  expect(distance("2026-11-29", "2026-12-31")).toEqual({ unit: "days", count: 32, past: false });
  expect(distance("2026-11-30", "2027-04-30")).toEqual({ unit: "months", count: 5, past: false });
  expect(distance("2026-11-30", "2027-04-29")).toEqual({ unit: "months", count: 4, past: false });
  expect(distance("2026-11-29", "2010-03-01")).toEqual({ unit: "years", count: 16, past: true });
  expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
});

test("participants are found by standing and by name, with or without accents", () => {
  const rows = [row({}), row({ participant: "CIV", place: "CIV", name: "Côte d'Ivoire", standing: "signed" })];
  const name = (one: StandingRow) => one.name;
  expect(filtered(rows, "", "", name)).toHaveLength(2);
  expect(filtered(rows, "signed", "", name).map((one) => one.place)).toEqual(["CIV"]);
  expect(filtered(rows, "", "cote", name).map((one) => one.place)).toEqual(["CIV"]);
  expect(filtered(rows, "bound", "cote", name)).toEqual([]);
});

test("who is leaving has the colour of the bound, and is striped; what is not verified is hatched", () => {
  expect(toneOf("withdrawal-notified")).toBe("bound");
  expect(overOf(row({ standing: "withdrawal-suspended" }))).toEqual(["leaving"]);
  expect(overOf(row({ standing: "withdrawal-revoked" }))).toEqual([]);
  expect(overOf(row({ standing: "withdrawal-notified", verified: false }))).toEqual(["leaving", "hatch"]);
  expect(overOf(row({ standing: "contested" }))).toEqual(["crossed"]);
  expect(overOf(row({ standing: "unknown", verified: false }))).toEqual([]);
});

test("every standing has one of the colours", () => {
  for (const standing of STANDINGS) expect(TONES).toContain(toneOf(standing));
});

test("a bar is drawn only of counts that fit together", () => {
  const counts: Counts = { deposited: 164, in_force: 161, signed_only: 1, provisional: 0, withdrawn: 0, notified: 0, contested: 0, unverified: 0, known_to: null };
  expect(share(counts)).toEqual({ bound: 161, ahead: 3, signed: 1 });
  expect(share({ ...counts, deposited: 100 })).toBeNull();
});

test("a record of which no submission is known is not zero", () => {
  const record = { on_time: 0, late: 0, overdue: 0, submission_unknown: 21, due_soon: 0 };
  expect(recordWords(record, "overdue")).toBe("not known");
  expect(recordWords(record, "submission_unknown")).toBe("21");
  expect(recordWords({ ...record, on_time: 1 }, "overdue")).toBe("0");
});

test("an instrument stands under one element, and each under some", () => {
  const of = (instrument: string, elements: number[]): PartyInstrument => ({ ...row({}), instrument, short: "", title: "", elements, kind: "treaty" });
  const groups = byElement([of("crc", [3, 4]), of("apmbc", [1]), of("charter", [])]);
  expect(groups.map((group) => [group.number, group.instruments.map((one) => one.instrument)])).toEqual([
    [0, ["charter"]],
    [1, ["apmbc"]],
    [3, ["crc"]],
  ]);
});

describe("lines", () => {
  const point = (period: string, preliminary = false) => ({ period, value: 1, low: null, high: null, preliminary });
  const line = (id: string, points: IndicatorLine["points"]): IndicatorLine => ({ id, title: id, points, source: "s", as_of: "2025-01-01" });
  it("of two methods are never joined", () => {
    const drawn = drawnLines([line("net", [point("2016"), point("2017")]), line("grant", [point("2018"), point("2019", true)])])!;
    expect(drawn.periods).toEqual(["2016", "2017", "2018", "2019"]);
    expect(drawn.lines.map((one) => one.values)).toEqual([
      [1, 1, null, null],
      [null, null, 1, 1],
    ]);
    expect(drawn.lines[1]!.hollow).toEqual([false, false, false, true]);
  });
  it("of one year, or of other periods, are not drawn", () => {
    expect(drawnLines([line("one", [point("2016")])])).toBeNull();
    expect(drawnLines([line("months", [point("2016-01"), point("2016-02")])])).toBeNull();
  });
  it("of aid break where a year is not known, and the target runs through", () => {
    const year = (of: number, ratio: number | null): AidYear => ({ year: of, method: "net", ratio, gap_points: null, gap_money: null, gap_low: null, gap_high: null, unit: "", preliminary: false, missing: null, source: "s", as_of: "2025-01-01" });
    const lines = aidLines([year(2010, 0.9), year(2011, null), year(2012, 1)], ["2010", "2011", "2012"]);
    expect(lines.map((one) => one.values)).toEqual([
      [0.9, null, 1],
      [0.7, 0.7, 0.7],
    ]);
  });
  it("of accessions stay until the day of a change", () => expect(steps([[0, 10], [5, 8], [9, 2]])).toBe("M0,10H5V8H9V2"));
});

test("years below an accession curve lie within it, thinned where there is no room", () => {
  expect(years("1997-12-03", "2003-01-01", 10)).toEqual([1998, 1999, 2000, 2001, 2002, 2003]);
  expect(years("1997-12-03", "2012-12-27", 4)).toEqual([2000, 2004, 2008, 2012]);
});

test("values are told in as many decimals as the smallest needs", () => {
  expect(decimalsOf([3, 40])).toBe(0);
  expect(decimalsOf([0.33, 12.5])).toBe(2);
  expect(decimalsOf([12.5, 40])).toBe(1);
  expect(decimalsOf([1200.5])).toBe(0);
});

const FOLDER = import.meta.dirname;

test("every word of the contract has a word and a sentence in both languages", () => {
  // The words are read off the contract, so that a new one is missed here.
  const contract = readFileSync(join(FOLDER, "../../api/agenda.ts"), "utf8");
  const wordsOf = (type: string) => [...new RegExp(`type ${type} =([^;]+);`).exec(contract)![1]!.matchAll(/"([^"]+)"/g)].map(([, word]) => word!);
  expect([...wordsOf("StandingWord")].sort()).toEqual([...STANDINGS].sort());
  expect([...wordsOf("DutyWord")].sort()).toEqual([...DUTIES].sort());
  expect([...wordsOf("DeadlineWord")].sort()).toEqual([...DEADLINES].sort());
  expect([...wordsOf("SinceBasis")].sort()).toEqual([...SINCE].sort());
  const all = [...STANDINGS.map((word) => `standing-${word}`), ...DUTIES.map((word) => `duty-${word}`), ...DEADLINES.map((word) => `deadline-${word}`)];
  for (const language of LANGUAGES) {
    const bundle = makeBundle(language, { agenda: readFileSync(join(FOLDER, `../../words/${language}/agenda.ftl`), "utf8") });
    const missing = all.flatMap((word) => [`agenda-${word}`, `agenda-${word}-said`]).filter((id) => !bundle.hasMessage(id));
    expect(missing, language).toEqual([]);
    for (let element = 1; element <= 10; element++) expect(bundle.hasMessage(`agenda-element-${element}`)).toBe(true);
  }
});

type Rgb = [number, number, number];

/** Linear light as two kinds of colour-blind people have it, after Machado, Oliveira and Fernandes (2009). */
const EYES: Record<string, Rgb[]> = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
};

function times(matrix: Rgb[], of: Rgb): Rgb {
  return matrix.map((line) => line[0] * of[0] + line[1] * of[1] + line[2] * of[2]) as Rgb;
}

function linear(hex: string): Rgb {
  return [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
}

function oklab(of: Rgb): Rgb {
  const lms = times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], of);
  const roots = lms.map((value) => Math.cbrt(Math.max(0, value))) as Rgb;
  return times([[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]], roots);
}

test("the colours of standings are told apart, also by the colour-blind, light and dark", () => {
  const css = readFileSync(join(FOLDER, "agenda.css"), "utf8") + readFileSync(join(FOLDER, "../../style/base.css"), "utf8");
  const pair = (name: string) => new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css)!.slice(1);
  const colours = TONES.map((tone) => ({ tone, themes: pair(tone === "unknown" ? "no-data" : `standing-${tone}`) }));
  const near: string[] = [];
  for (const [eye, matrix] of Object.entries(EYES))
    for (const theme of [0, 1])
      for (const [at, a] of colours.entries())
        for (const b of colours.slice(at + 1)) {
          const [x, y] = [a, b].map((one) => oklab(times(matrix, linear(one.themes[theme]!)))) as [Rgb, Rgb];
          const apart = Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
          if (apart < 0.1) near.push(`${a.tone} and ${b.tone}, ${eye}, ${theme ? "dark" : "light"}: ${apart.toFixed(3)}`);
        }
  expect(near).toEqual([]);
});
