import type { DueRow } from "../../api/types";

/** How many days from one day to another; negative where it is past. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** A distance in the unit in which it is told: days up to three months, then months, then years. */
export function distance(from: string, to: string): { unit: "days" | "months" | "years"; count: number; past: boolean } {
  const days = daysBetween(from, to);
  const [early, late] = days < 0 ? [to, from] : [from, to];
  const months = monthsBetween(early, late);
  const past = days < 0;
  if (Math.abs(days) <= 90) return { unit: "days", count: Math.abs(days), past };
  return months < 24 ? { unit: "months", count: months, past } : { unit: "years", count: Math.floor(months / 12), past };
}

/** Whole months that have passed. */
function monthsBetween(from: string, to: string): number {
  const [y1 = 0, m1 = 0, d1 = 0] = from.split("-").map(Number);
  const [y2 = 0, m2 = 0, d2 = 0] = to.split("-").map(Number);
  return (y2 - y1) * 12 + m2 - m1 - (d2 < d1 ? 1 : 0);
}

/** What falls due on one day for many: the same duty of the same instrument. */
export interface DueGroup {
  key: string;
  due: string | null;
  rows: DueRow[];
}

export function grouped(rows: DueRow[]): DueGroup[] {
  const groups = new Map<string, DueGroup>();
  for (const row of rows) {
    const key = [row.due ?? "", row.kind, row.instrument, row.duty].join("|");
    const group = groups.get(key) ?? { key, due: row.due, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The rows of each duty and deadline. */
export function byDuty(rows: DueRow[]): DueRow[][] {
  const duties = new Map<string, DueRow[]>();
  for (const row of rows) duties.set(row.kind + row.duty, [...(duties.get(row.kind + row.duty) ?? []), row]);
  return [...duties.values()];
}

export interface Month<Meeting> {
  /** "2026-12"; null for what has no day. */
  month: string | null;
  groups: DueGroup[];
  meetings: Meeting[];
}

/** Rows and meetings by month, the first month first; what has no day comes last. A meeting known to the year is in none. */
export function byMonth<Meeting extends { date: string | null }>(rows: DueRow[], meetings: Meeting[]): Month<Meeting>[] {
  const monthOf = (date: string | null) => date?.slice(0, 7) ?? "";
  const months = [...new Set([...rows.map((row) => monthOf(row.due)), ...meetings.map((meeting) => monthOf(meeting.date))])];
  months.sort((a, b) => Number(a === "") - Number(b === "") || a.localeCompare(b));
  return months.map((month) => ({
    month: month || null,
    groups: grouped(inOrder(rows.filter((row) => monthOf(row.due) === month))),
    meetings: meetings.filter((meeting) => monthOf(meeting.date) === month),
  }));
}

/** The soonest first; what has no day comes last. */
export function inOrder<Row extends { due: string | null }>(rows: Row[]): Row[] {
  return [...rows].sort((a, b) => Number(a.due === null) - Number(b.due === null) || (a.due ?? "").localeCompare(b.due ?? ""));
}

/** How many rows have each status, in the order in which they first come. */
export function byStatus(rows: DueRow[]): [DueRow["status"], number][] {
  const counts = new Map<DueRow["status"], number>();
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts];
}

/** The decimals in which values of one line are told: as many as the smallest needs. */
export function decimalsOf(values: number[]): number {
  if (values.every(Number.isInteger)) return 0;
  const least = Math.min(...values.map(Math.abs).filter((value) => value > 0), Infinity);
  return least < 10 ? 2 : least < 100 ? 1 : 0;
}
