import { expect, test } from "vitest";
import type { Ladder, Warned } from "../../api/types";
import { numbered } from "./sources";

const ladder = {
  situation: [{ said: "a", sources: ["ged", "idmc"] }],
  forecast: [{ said: "b", sources: ["pool", "ged"] }],
  warnings: [{ kind: "warning" } as Warned],
  rungs: [{ sources: ["mandates"] }, {}] as Ladder["rungs"],
  sources: [{ id: "ged", title: "GED", licence: "CC BY 4.0", citation: "", as_of: "2022-12-31" }],
};

test("sources are numbered in the order in which they are needed, the program's own last", () =>
  expect(numbered(ladder).list.map((source) => source.id)).toEqual(["ged", "idmc", "pool", "mandates", "rules", "log"]));

test("every mark is one of the list, once and in order", () => expect(numbered(ladder).marks(["pool", "ged", "ged", "log"])).toBe("[1] [3] [6]"));

test("a warning that names no source rests on those of the forecast, and an observed breach on those of the situation", () => {
  const { of } = numbered(ladder);
  expect(of({ kind: "warning" } as Warned)).toEqual(["pool", "ged"]);
  expect(of({ kind: "observed-breach" } as Warned)).toEqual(["ged", "idmc"]);
  expect(of({ kind: "warning", sources: ["views"] } as Warned)).toEqual(["views"]);
});
