import { expect, test, vi } from "vitest";
import { reasonOf, sitesOf } from "./Marks";
import { barLabel } from "./TimeBar";

vi.mock("../../router", () => ({ setQuery: () => {} }));
vi.mock("../../words", () => ({ t: (id: string, args?: object) => (args ? `${id} ${Object.values(args).join(" ")}` : id), has: () => false, language: () => "en" }));

test("the reason of a status is what stands behind its word, and all of it", () =>
  expect(["blocked: host consent refused", "not assessed: evidence: 1 source of 2", "open", "under way", "open for 12 sites"].map(reasonOf)).toEqual([
    "host consent refused",
    "evidence: 1 source of 2",
    "",
    "",
    "for 12 sites",
  ]));

test("the sites that opted in are told once", () =>
  expect([sitesOf({ open_for_sites: 3, status_told: "not assessed: consent" }), sitesOf({ open_for_sites: 3, status_told: "open for 3 sites" }), sitesOf({ open_for_sites: null, status_told: "open" })]).toEqual([
    "ladder-sites 3",
    "",
    "",
  ]));

test("a bar says its days, the window and how they compare; without a window it compares with none", () => {
  const lead = { least: 7, most: 28, told: "", estimated_by: "", estimated_on: "" };
  expect(barLabel({ lead, timing: "may-arrive-late" }, { from: "", to: "", days: 20, told: "" })).toBe("ladder-bar 7 28; ladder-bar-window 20; rung-timing-may-arrive-late");
  expect(barLabel({ lead, timing: null }, null)).toBe("ladder-bar 7 28; rung-timing-none");
});
