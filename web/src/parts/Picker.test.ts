import { expect, test, vi } from "vitest";
import type { Place } from "../api/types";
import { findPlaces, searchWords } from "./Picker";

vi.mock("../router", () => ({ setQuery: () => {}, navigate: () => {} }));

function place(code: string, name: string, iso2: string): Place {
  return { place: code, name, iso2, kind: "country", level: 0, country: null, parts: [], point: null, bbox: null, shape: true };
}

const index = [place("CIV", "Côte d’Ivoire", "CI"), place("DEU", "Germany", "DE"), place("SDN", "Sudan", "SD"), place("SSD", "South Sudan", "SS")].map((one) => ({ place: one, words: searchWords(one) }));
const found = (text: string, without: string[] = []) => findPlaces(index, text, without).map((one) => one.place);

test("a place is found by code and by its name in either language, with or without accents", () => {
  expect(found("civ")).toEqual(["CIV"]);
  expect(found("cote d'iv")).toEqual(["CIV"]);
  expect(found("allemagne")).toEqual(["DEU"]);
  expect(found("germ")).toEqual(["DEU"]);
});

test("a name that begins so stands before one that holds it", () => {
  expect(found("sudan")).toEqual(["SDN", "SSD"]);
});

test("places already chosen are not offered, and nothing is for nothing", () => {
  expect(found("sudan", ["SDN"])).toEqual(["SSD"]);
  expect(found("  ")).toEqual([]);
  expect(found("atlantis")).toEqual([]);
});
