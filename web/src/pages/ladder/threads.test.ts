import { expect, test } from "vitest";
import type { LogEntry } from "../../api/types";
import { isOpen, type Thread, threadsOf } from "./threads";

const entry = (number: number, answers: number | null = null, more: Partial<LogEntry> = {}) => ({ number, answers, kind: "propose", state: "open", ...more }) as LogEntry;
const shape = (threads: Thread[]): unknown[] => threads.map(({ entry, answers }) => (answers.length ? [entry.number, ...shape(answers)] : entry.number));

test("a record stands below the one that it answers", () =>
  expect(shape(threadsOf([entry(4, 2), entry(1), entry(2, 1), entry(3)]))).toEqual([[1, [2, 4]], 3]));

test("a record that answers one of another place, or a later one, stands by itself", () =>
  expect(shape(threadsOf([entry(2, 9), entry(3, 3), entry(5, 1)]))).toEqual([2, 3, 5]));

test("no record is lost, whatever it answers", () => {
  const log = Array.from({ length: 30 }, (_, at) => entry(at + 1, (at * 7) % 31));
  const count = (threads: Thread[]): number => threads.reduce((sum, one) => sum + 1 + count(one.answers), 0);
  expect(count(threadsOf(log))).toBe(30);
});

test("an expired proposal is open, a decision and a warning are not", () =>
  expect([entry(1, null, { state: "expired: unanswered" }), entry(2, null, { kind: "decide" }), entry(3, null, { kind: "warn" }), entry(4, null, { state: "taken" })].map(isOpen)).toEqual([
    true,
    false,
    false,
    false,
  ]));
