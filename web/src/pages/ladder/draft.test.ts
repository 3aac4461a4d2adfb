import { expect, test } from "vitest";
import type { LogEntry, Role } from "../../api/types";
import { answerable, answersOf, BLANK, daysAfter, entryOf, fieldOf, missing } from "./draft";

const log = [
  { number: 1, kind: "warn", option: null },
  { number: 2, kind: "propose", option: "S04" },
  { number: 3, kind: "decide", option: "S04" },
] as LogEntry[];
const numbers = (all: LogEntry[]) => all.map((entry) => entry.number);

test("a proposal answers warnings, a decision proposals, an act decisions and proposals", () => {
  expect(numbers(answerable({ log }, "propose", undefined))).toEqual([1]);
  expect(numbers(answerable({ log }, "decide", undefined))).toEqual([2]);
  expect(numbers(answerable({ log }, "act", undefined))).toEqual([3, 2]);
});

test("only a role that may publish answers a warning by a decision, and only by making it public", () => {
  expect(numbers(answerable({ log }, "decide", { publish: true } as Role))).toEqual([2, 1]);
  expect(answersOf({ ...BLANK, kind: "decide", answers: "1" }, { log })).toEqual(["publish"]);
  expect(answersOf({ ...BLANK, kind: "decide", answers: "2" }, { log })).not.toContain("publish");
});

test("a blank reason is missing, and so is a role", () => {
  expect(missing({ ...BLANK, kind: "act", answers: "3", answer: "begun", reason: "  " })).toEqual(["by", "reason"]);
});

test("what is sent has the fields of its step alone, and an act the option that was proposed", () => {
  const draft = { ...BLANK, by: "ops", option: "S01", answers: "3", answer: "begun", reason: " It is agreed. ", expires: "2022-01-01" };
  expect(entryOf({ ...draft, kind: "act" }, { place: "UKR", log })).toEqual({ kind: "act", by: "ops", place: "UKR", reason: "It is agreed.", answers: 3, answer: "begun", option: "S04" });
  expect(entryOf({ ...draft, kind: "propose", answers: "" }, { place: "UKR", log })).toEqual({ kind: "propose", by: "ops", place: "UKR", option: "S01", reason: "It is agreed.", expires: "2022-01-01" });
});

test("an error stands at the field that it is about, and below all where the step has no such field", () =>
  expect([fieldOf("reason", "decide"), fieldOf("option", "decide"), fieldOf("", "propose")]).toEqual(["reason", "all", "all"]));

test("days are counted over the ends of months and years", () => expect([daysAfter("2024-02-28", 2), daysAfter("2022-12-31", 1)]).toEqual(["2024-03-01", "2023-01-01"]));
