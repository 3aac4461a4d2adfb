import type { Counts, DeadlineWord, DutyWord, SinceBasis, StandingRow, StandingWord } from "../../api/types";

/** Every word of a standing, from the strongest bond to none. */
export const STANDINGS: StandingWord[] = [
  "bound",
  "withdrawal-announced",
  "withdrawal-notified",
  "withdrawal-suspended",
  "withdrawal-revoked",
  "contested",
  "provisional",
  "deposited",
  "signed",
  "asked",
  "not-bound",
  "withdrawn",
  "unknown",
];

export const DUTIES: DutyWord[] = ["overdue", "due-soon", "submission-unknown", "not-yet-due", "submitted-on-time", "submitted-late", "no-date", "not-applicable", "contested"];

export const DEADLINES: DeadlineWord[] = ["near", "running", "passed-outcome-unknown", "met", "not-applicable", "not-known-whether-it-applies", "contested"];

export const SINCE: SinceBasis[] = ["rule", "source", "year-only", "succession", "no-later"];

/** The standings that have a colour of their own, as `--standing-…` in agenda.css. */
export type Tone = "bound" | "contested" | "provisional" | "deposited" | "signed" | "asked" | "not-bound" | "withdrawn" | "unknown";
export const TONES: Tone[] = ["bound", "contested", "provisional", "deposited", "signed", "asked", "not-bound", "withdrawn", "unknown"];

/** What is drawn over a colour. */
export type Over = "leaving" | "crossed" | "hatch";

const LEAVING: StandingWord[] = ["withdrawal-announced", "withdrawal-notified", "withdrawal-suspended"];

/** Who has given notice, or said that it will, is still bound: it has that colour, striped. */
export function toneOf(standing: StandingWord): Tone {
  return standing.startsWith("withdrawal-") ? "bound" : (standing as Tone);
}

export function colourOf(tone: Tone): string {
  return tone === "unknown" ? "var(--no-data)" : `var(--standing-${tone})`;
}

/** Stripes for who is leaving, a cross for what is contested, and hatching for what was not read off the depositary's list. */
export function overOf(row: Pick<StandingRow, "standing" | "verified">): Over[] {
  const over: Over[] = [];
  if (LEAVING.includes(row.standing)) over.push("leaving");
  if (row.standing === "contested") over.push("crossed");
  if (isUnverified(row)) over.push("hatch");
  return over;
}

/** Of what is not known there is nothing to verify. */
export function isUnverified(row: Pick<StandingRow, "standing" | "verified">): boolean {
  return !row.verified && row.standing !== "unknown";
}

/** Who consented is counted whether in force or not, who is bound also while it leaves or is contested. */
export function share(counts: Counts): { bound: number; ahead: number; signed: number } | null {
  const ahead = counts.deposited - counts.in_force;
  return ahead < 0 ? null : { bound: counts.in_force, ahead, signed: counts.signed_only };
}

/** Rows by a standing, and by words of the name in either language. */
export function filtered(rows: StandingRow[], standing: string, text: string, nameOf: (row: StandingRow) => string): StandingRow[] {
  const wanted = plain(text);
  return rows.filter((row) => (!standing || row.standing === standing) && (!wanted || [nameOf(row), row.name, row.place ?? ""].some((name) => plain(name).includes(wanted))));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").trim().toLowerCase();
}
