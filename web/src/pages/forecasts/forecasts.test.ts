import { expect, test, vi } from "vitest";
import { change, matches, type Row } from "./List";
import { meanOf } from "./scores";

vi.mock("../../router", () => ({ setQuery: () => {}, href: (path: string) => path }));

const row = (part: Partial<Row>) => ({ place: "CIV", name: "Côte d’Ivoire", ...part }) as Row;
const place = {
  place: "CIV",
  name: "Côte d’Ivoire",
  iso2: "CI",
  kind: "country",
  level: 0,
  country: null,
  parts: [],
  point: null,
  bbox: null,
  shape: true,
} as const;

test("a place is found without its accents", () => expect(matches(row({}), { ...place, parts: [] }, "cote")).toBe(true));
test("a place is found by its code", () => expect(matches(row({}), undefined, "civ")).toBe(true));
test("the change is unknown where nobody was killed in the last twelve months", () => {
  expect(change({ last_12: 0, twelve: { median: 5 } as Row["twelve"] })).toBeNull();
  expect(change({ last_12: 10, twelve: { median: 5 } as Row["twelve"] })).toBe(0.5);
});
test("a window in which a model abstained is not taken for a score of zero", () =>
  expect(meanOf({ windows: [{ crps: 2, ign: 1, mis: 1, crps_log: 1 }, null, { crps: 4, ign: 1, mis: 1, crps_log: 1 }] }, "crps")).toBe(3));
