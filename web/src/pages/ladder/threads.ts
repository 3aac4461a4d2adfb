import type { LogEntry } from "../../api/types";

/** A record with those that answer it. */
export interface Thread {
  entry: LogEntry;
  answers: Thread[];
}

/** The records by what answers what, in the order of their numbers; one that answers a record not given stands by itself. */
export function threadsOf(log: LogEntry[]): Thread[] {
  const all = [...log].sort((a, b) => a.number - b.number).map((entry): Thread => ({ entry, answers: [] }));
  const byNumber = new Map(all.map((thread) => [thread.entry.number, thread]));
  // Only an earlier record can be answered, so that there is no circle.
  const parentOf = ({ entry }: Thread) => (entry.answers !== null && entry.answers < entry.number ? byNumber.get(entry.answers) : undefined);
  for (const thread of all) parentOf(thread)?.answers.push(thread);
  return all.filter((thread) => !parentOf(thread));
}

/** The newest state of what was begun: acts that run, proposals that nobody has answered. */
export function isOpen(entry: LogEntry): boolean {
  return /^(open|under way|expired)/.test(entry.state) && (entry.kind === "propose" || entry.kind === "act");
}
