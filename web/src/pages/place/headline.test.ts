import { describe, expect, it, vi } from "vitest";
import type { PlaceAnswer, ShownFigure } from "../../api/types";
import { makeBundle } from "../../words";
import en from "../../words/en";
import fr from "../../words/fr";
import { headline, say } from "./headline";

vi.mock("../../router", () => ({ setQuery: () => {} }));

function figure(measure: string, value: number | null, more: Partial<ShownFigure> = {}): ShownFigure {
  const rate = more.per_100k ?? null;
  return {
    place: "AAA",
    place_name: "Place",
    period: "2024",
    data_period: "2024",
    measure,
    value,
    low: null,
    high: null,
    interval_kind: "",
    unit: "people",
    per_100k: rate,
    population: null,
    coverage: value === null ? "not covered" : "covered",
    source: "s",
    as_of: null,
    note: "",
    ...more,
    shown: {
      sign: "",
      mark: "",
      value,
      low: more.low ?? null,
      high: more.high ?? null,
      decimals: 0,
      rate,
      rate_decimals: 0,
      rate_under: false,
      ...more.shown,
    },
  };
}

function place(figures: ShownFigure[], of: string[] = []): PlaceAnswer {
  return { figures, of, period: "2024" } as unknown as PlaceAnswer;
}

const english = makeBundle("en", en);
const french = makeBundle("fr", fr);

function said(answer: PlaceAnswer, bundle = english): string[] {
  const words = (id: string, args: Record<string, string | number>) => {
    const message = bundle.getMessage(id);
    if (!message?.value) throw new Error(`no words for ${id}`);
    return bundle.formatPattern(message.value, args);
  };
  return headline(answer).map((sentence) => say(sentence, words, bundle.locales[0]!));
}

const UKRAINE = place([
  figure("killed", 68116, { low: 62559, high: 115424, per_100k: 179.9 }),
  figure("killed_one_sided", 17),
  figure("killed_civilians", 2366),
  figure("killed_unknown", 65),
  figure("killed_by_own_government", 0),
  figure("killed_by_other_government", 17),
  figure("killed_by_any_government", 17),
  figure("killed_civilians_not_attributed", 2349),
  figure("displaced_in_country", 3668041, { per_100k: 9582.3 }),
  figure("displaced_abroad", 5164385),
  figure("facing_at_least_one_threat", 3670000, { per_100k: 9582.3 }),
]);

describe("the headline", () => {
  it("tells the killed with their range and rate", () =>
    expect(said(UKRAINE)[0]).toBe(
      "In 2024, 68,116 people were killed in organised violence (62,559–115,424 by the source’s range), 180 per 100,000 people.",
    ));
  it("tells civilians as a minimum, and of how many the status is not known", () =>
    expect(said(UKRAINE)[1]).toBe("At least 2,366 of them were civilians; of 65 it is not known what they were."));
  it("tells who did it, and of which share nobody says", () => {
    expect(said(UKRAINE)[2]).toBe("In one-sided violence against civilians 17 people were killed: 17 by another government.");
    expect(said(UKRAINE)[3]).toBe("Of 2,349 civilians, 99 % of those killed, the source does not say who killed them.");
  });
  it("says that there is no upper bound where there is none", () => expect(said(UKRAINE).at(-1)).toContain("how many at most is not known"));
  it("gives both bounds where both are known", () =>
    expect(said(place([figure("facing_at_least_one_threat", 100, { low: 100, high: 250, per_100k: 5000 })])).at(-1)).toContain(
      "between 100 and 250",
    ));
  it("does not take what is not covered for none", () => expect(said(place([figure("killed", null)]))[0]).toContain("not known"));
  it("does not take none recorded for peace", () =>
    expect(said(place([figure("killed", 0, { coverage: "none recorded" })]))[0]).toBe(
      "No one is recorded as killed in organised violence in 2024, by the source’s rules; that is not the same as peace.",
    ));
  it("points to the joint place where the source counts two places together", () =>
    expect(said(place([figure("killed", null)], ["ISR+PSE"]))[0]).toContain("ISR+PSE"));
  it("tells no value that is too old to be used", () =>
    expect(said(place([figure("displaced_in_country", 5, { coverage: "stale" })]))[1]).toContain("not known"));
  it("says all the same in French", () => expect(said(UKRAINE, french)).toHaveLength(said(UKRAINE).length));
  it("speaks in French of people and not of men", () => expect(said(UKRAINE, french)[1]).toContain("personnes civiles"));
});
