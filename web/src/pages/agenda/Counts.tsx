import type { Counts } from "../../api/types";
import { StackBar } from "../../charts/StackBar";
import { day, number } from "../../format";
import { has, t } from "../../words";
import { colourOf, share } from "./standing";

/** The title of an element in the language of the day. */
export function elementTitle(element: { number: number; title?: string }): string {
  const id = `agenda-element-${element.number}`;
  return has(id) ? t(id) : (element.title ?? String(element.number));
}

/** How many are bound, with the day to which the list speaks. */
export function boundWords({ in_force, known_to }: Counts): string {
  return known_to ? t("agenda-bound-by-list", { count: in_force, day: day(known_to) }) : t("agenda-bound-count", { count: in_force });
}

/** What else was counted; of what there is none nothing is said. */
export function moreWords(counts: Counts): string {
  const told = (["provisional", "notified", "contested", "withdrawn", "unverified"] as const).filter((what) => counts[what] > 0);
  return told.map((what) => t(`agenda-count-${what}`, { count: counts[what] })).join(" ");
}

/** A bar of who is bound, who consented and is not yet, and who signed only. */
export function Shares({ counts, name }: { counts: Counts; name: string }) {
  const of = share(counts);
  if (!of) return null;
  const parts = [
    { id: "bound", title: t("agenda-standing-bound"), value: of.bound, colour: colourOf("bound") },
    { id: "ahead", title: t("agenda-standing-deposited"), value: of.ahead, colour: colourOf("deposited") },
    { id: "signed", title: t("agenda-signed-only"), value: of.signed, colour: colourOf("signed") },
  ].filter((part) => part.value > 0);
  if (parts.length === 0) return null;
  const told = parts.map((part) => ({ ...part, said: number(part.value) }));
  return <StackBar parts={told} label={`${name}${t("colon")} ${told.map((part) => `${part.title} ${part.said}`).join("; ")}`} />;
}
