import type { Ladder, SourceNote, Warned } from "../../api/types";

/** What the program itself adds to the sources, and the words for it. */
export const OURS = { rules: "sheet-source-rules", log: "sheet-source-log" } as const;

/** The sources of the sheet by number, in the order in which they are first needed. */
export interface Numbered {
  list: { id: string; title: string; licence: string; as_of: string | null }[];
  /** `[1] [3]`: each source once. */
  marks: (ids: string[]) => string;
  /** On what a warning rests: what it names, else what the forecast rests on, or the situation where a measure is read. */
  of: (warned: Warned) => string[];
}

/** Only what stands on the sheet is a source of it; what is marked and not known is named by its id. */
export function numbered(ladder: Pick<Ladder, "situation" | "forecast" | "warnings" | "rungs" | "sources">): Numbered {
  const facts = (all: Ladder["situation"]) => [...new Set(all.flatMap((fact) => fact.sources))];
  const of = (one: Warned) => (one.sources?.length ? one.sources : one.kind === "warning" ? facts(ladder.forecast) : facts(ladder.situation));
  const used = [...facts(ladder.situation), ...facts(ladder.forecast), ...ladder.warnings.flatMap(of), ...ladder.rungs.flatMap((rung) => rung.sources ?? []), "rules", "log"];
  const known = new Map(ladder.sources.map((source): [string, SourceNote] => [source.id, source]));
  const list = [...new Set(used)].map((id) => known.get(id) ?? { id, title: id, licence: "", as_of: null });
  const marks = (ids: string[]) =>
    [...new Set(ids)]
      .map((id) => list.findIndex((source) => source.id === id) + 1)
      .sort((a, b) => a - b)
      .map((at) => `[${at}]`)
      .join(" ");
  return { list, marks, of };
}
