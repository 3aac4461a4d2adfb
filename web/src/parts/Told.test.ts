import { expect, test, vi } from "vitest";
import { template } from "./Told";

vi.mock("../router", () => ({ setQuery: () => {} }));

test("a text of the server is known by its words, whatever it counts", () =>
  expect(template("2 of 4 neighbours had deaths in the last 3 months, 21,398 together")).toEqual({
    id: "told-n-of-n-neighbours-had-deaths-in-the-last-n-months-n-together",
    args: { a: "2", b: "4", c: "3", d: "21,398" },
  }));
test("sources that are missing are named, not known by their words", () =>
  expect([template("not covered for 2024 by unhcr"), template("no source imported: ophi-mpi or ophi-mpi-hdx")]).toEqual([
    { id: "told-not-covered-for-n-by-n", args: { a: "2024", b: "unhcr" } },
    { id: "told-no-source-imported-n-or-n", args: { a: "ophi-mpi", b: "ophi-mpi-hdx" } },
  ]));
test("months are spelt, years are no numbers, and decimals stay", () =>
  expect(template("most in 2022-03, not covered for 2024: 0.95").args).toEqual({ a: "March 2022", b: "2024", c: "0.95" }));
