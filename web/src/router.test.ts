import { expect, test, vi } from "vitest";

vi.stubGlobal("window", { location: { pathname: "/place/UKR/", search: "?lang=fr&period=2022" } });
const { href, match } = await import("./router");

test("a pattern gives the parts of an address", () => {
  expect(match("/place/:place", "/place/ISR%2BPSE")).toEqual({ place: "ISR+PSE" });
  expect(match("/place/:place", "/place")).toBeNull();
  expect(match("/", "/")).toEqual({});
});

test("an address that cannot be decoded is taken as it is", () => {
  expect(match("/place/:place", "/place/%E0%A4%A")).toEqual({ place: "%E0%A4%A" });
});

test("a chosen language goes along, other keys do not, and lists stay readable", () => {
  expect(href("/compare", { places: "UKR,ISR+PSE", per: null, measures: "" })).toBe("/compare?lang=fr&places=UKR,ISR%2BPSE");
});
