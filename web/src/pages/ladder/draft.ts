import type { Ladder, LogEntry, NewEntry, Role } from "../../api/types";

export const STEPS = ["propose", "decide", "act"] as const;
export type Step = (typeof STEPS)[number];

/** What is being written; "" where nothing is chosen. */
export interface Draft {
  kind: Step;
  by: string;
  option: string;
  answers: string;
  answer: string;
  reason: string;
  outcome: string;
  expires: string;
}
export type Field = Exclude<keyof Draft, "kind">;

export const BLANK: Draft = { kind: "propose", by: "", option: "", answers: "", answer: "", reason: "", outcome: "", expires: "" };

/** The fields of each step, in their order, and whether they must be filled. */
const FIELDS: Record<Step, [Field, boolean][]> = {
  propose: [["by", true], ["option", true], ["answers", false], ["reason", true], ["expires", true]],
  decide: [["by", true], ["answers", true], ["answer", true], ["reason", true]],
  act: [["by", true], ["answers", true], ["answer", true], ["reason", true], ["outcome", false]],
};

export function fieldsOf(step: Step): Field[] {
  return FIELDS[step].map(([field]) => field);
}

/** Where an error about a field is shown: at that field where the step has it, else below all. */
export function fieldOf(named: string, step: Step): Field | "all" {
  return fieldsOf(step).find((field) => field === named) ?? "all";
}

export function isNeeded(step: Step, field: Field): boolean {
  return FIELDS[step].some(([one, needed]) => one === field && needed);
}

/** The fields that must be filled and are not. */
export function missing(draft: Draft): Field[] {
  return FIELDS[draft.kind].filter(([field, needed]) => needed && draft[field].trim() === "").map(([field]) => field);
}

export function rolesFor(ladder: Pick<Ladder, "roles">, step: Step): Role[] {
  return ladder.roles.filter((role) => role.may.includes(step));
}

/** The records that such a step answers: a proposal a warning, a decision a proposal, an act a decision or a proposal. */
export function answerable(ladder: Pick<Ladder, "log">, step: Step, role: Role | undefined): LogEntry[] {
  const kinds = { propose: ["warn"], decide: role?.publish ? ["propose", "warn"] : ["propose"], act: ["decide", "propose"] }[step];
  return ladder.log.filter((entry) => kinds.includes(entry.kind)).reverse();
}

/** What can be answered; a warning is answered by making it public, and by nothing else. */
export function answersOf(draft: Draft, ladder: Pick<Ladder, "log">): string[] {
  if (draft.kind === "act") return ["begun", "done", "stopped"];
  const to = ladder.log.find((entry) => String(entry.number) === draft.answers);
  return to?.kind === "warn" ? ["publish"] : ["taken", "not-taken", "overtaken"];
}

/** What is sent: only the fields of the step, and none that is blank. An act is one of the option that was proposed. */
export function entryOf(draft: Draft, ladder: Pick<Ladder, "place" | "log">): NewEntry {
  const entry: NewEntry = { kind: draft.kind, by: draft.by, place: ladder.place, reason: draft.reason.trim() };
  const given = (field: Field) => fieldsOf(draft.kind).includes(field) && draft[field].trim();
  const to = ladder.log.find((one) => String(one.number) === draft.answers);
  if (given("option")) entry.option = draft.option;
  else if (to?.option) entry.option = to.option;
  if (given("answers")) entry.answers = Number(draft.answers);
  if (given("answer")) entry.answer = draft.answer;
  if (given("outcome")) entry.outcome = draft.outcome.trim();
  if (given("expires")) entry.expires = draft.expires;
  return entry;
}

/** A day so many days after another, both as `2022-02-28`. */
export function daysAfter(from: string, days: number): string {
  const at = new Date(`${from.slice(0, 10)}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
