import { expect, test, vi } from "vitest";
import type { ListedPlace, Warned } from "../../api/types";
import { mapRows } from "./Standing";
import { share } from "./Trigger";

vi.mock("../../router", () => ({ setQuery: () => {}, href: (path: string) => path, useQuery: () => ["", () => {}] }));
vi.mock("../../words", () => ({ t: (id: string) => id, has: () => false, language: () => "en", placeName: (of: { name: string }) => of.name }));

const listed = (place: string, parts: string[] = []) => [place, { place, name: place, parts, figures: true, kind: parts.length ? "joint" : "country" } as unknown as ListedPlace] as const;
const warned = (place: string, kind: Warned["kind"]) => ({ place, name: place, kind, title: "T", chance: null }) as Warned;

test("a place with a warning and a breach is marked as a warning, and only a breach is hatched", () => {
  const rows = mapRows([warned("A", "observed-breach"), warned("A", "warning"), warned("B", "observed-breach")], new Map([listed("A"), listed("B")]));
  expect(rows.map((row) => [row.place, row.doubt, row.by])).toEqual([
    ["A", "", 4],
    ["B", "least", 1],
  ]);
});

test("what stands at a joint place stands at its parts, and elsewhere nothing is known to stand", () => {
  const rows = mapRows([warned("A+B", "warning")], new Map([listed("A+B", ["A", "B"]), listed("A"), listed("B"), listed("C")]));
  expect(rows.map((row) => [row.place, row.kind])).toEqual([
    ["A+B", "value"],
    ["C", "none recorded"],
  ]);
});

test("a rate has its interval, and where events are few there is none", () => expect([share({ value: 0.353, low: 0.2, high: 0.52 }), share(null)]).toEqual(["35 % (20–52)", "–"]));
