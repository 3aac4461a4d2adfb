import { FluentBundle, FluentResource } from "@fluent/bundle";
import { useEffect, useState } from "preact/hooks";
import type { Measure } from "../api/types";
import { setQuery } from "../router";

export type Language = "en" | "fr";
export const LANGUAGES: Language[] = ["en", "fr"];

type Args = Record<string, string | number>;

const LOAD: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  en: () => import("./en"),
  fr: () => import("./fr"),
};

const bundles = new Map<Language, FluentBundle>();
const listeners = new Set<() => void>();
let current: Language = "en";

export function makeBundle(language: Language, texts: Record<string, string>): FluentBundle {
  // The marks that isolate directions would be copied with the figures, and no language here needs them.
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const text of Object.values(texts)) {
    for (const error of bundle.addResource(new FluentResource(text))) throw error;
  }
  return bundle;
}

/** The words of the page in the language of the day. An id without words is shown as it is, so that it is seen. */
export function t(id: string, args: Args = {}): string {
  const bundle = bundles.get(current);
  const message = bundle?.getMessage(id);
  return bundle && message?.value ? bundle.formatPattern(message.value, args, []) : id;
}

/** Whether there are words for an id made from the data. */
export function has(id: string): boolean {
  return bundles.get(current)?.hasMessage(id) ?? false;
}

export function language(): Language {
  return current;
}

export async function startWords() {
  await load(wanted());
}

function wanted(): Language {
  const asked = new URLSearchParams(window.location.search).get("lang") ?? kept();
  const all = asked ? [asked] : navigator.languages;
  const known = all.map((tag) => tag.slice(0, 2).toLowerCase());
  return (known.find((tag) => LANGUAGES.includes(tag as Language)) as Language | undefined) ?? "en";
}

function kept(): string | null {
  try {
    return window.localStorage.getItem("language");
  } catch {
    return null; // Storage may be forbidden; the address still keeps the language.
  }
}

async function load(next: Language) {
  if (!bundles.has(next)) bundles.set(next, makeBundle(next, (await LOAD[next]()).default));
  current = next;
  document.documentElement.lang = next;
}

/** Shows the language that an address asks for; it is not kept for other visits. */
export async function showLanguage(asked: string | null) {
  const next = LANGUAGES.find((one) => one === asked);
  if (!next || next === current) return;
  await load(next);
  listeners.forEach((listener) => listener());
}

async function setLanguage(next: Language) {
  try {
    window.localStorage.setItem("language", next);
  } catch {
    // As above.
  }
  await showLanguage(next);
  setQuery({ lang: next });
}

/** Renders anew when the language changes. Keep no words in `useMemo` without the language among its inputs. */
export function useLanguage(): { language: Language; setLanguage: (next: Language) => Promise<void> } {
  const [shown, setShown] = useState(current);
  useEffect(() => {
    const listener = () => setShown(current);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return { language: shown, setLanguage };
}

type Titled = Pick<Measure, "id" | "title">;

/** The title as it stands in a list under its group: the titles of parts begin with "… ". */
export function measureTitle(measure: Titled): string {
  const id = `measure-${measure.id}`;
  return has(id) ? t(id) : measure.title.trim();
}

/** The title as it stands alone. */
export function measureName(measure: Titled): string {
  const id = `measure-name-${measure.id}`;
  return has(id) ? t(id) : measureTitle(measure);
}

export function measureGroup(group: string): string {
  const id = `group-${group.replace(/[^a-z0-9]+/gi, "-")}`;
  return has(id) ? t(id) : group;
}

export function measureUnit(unit: string): string {
  const id = `unit-${unit.replace(/[^a-z0-9]+/gi, "-")}`;
  return has(id) ? t(id) : unit;
}

/** The definition in the language of the day; the server tells it in English. */
export function measureDefinition(measure: Pick<Measure, "id" | "definition">): string {
  const id = `definition-${measure.id}`;
  return has(id) ? t(id) : measure.definition;
}

/** The title of an index: ours where the recipe is shipped, else the recipe's own. */
export function indexName(recipe: string, title: string): string {
  const id = `index-name-${recipe}`;
  return has(id) ? t(id) : title;
}

type Named = { name: string; place?: string; iso2?: string | null };

/** The name of a place: English is the API's, French is the browser's for countries, and ours for the few others. */
export function placeName(place: Named, inLanguage: Language = current): string {
  if (inLanguage === "en") return place.name;
  const id = `place-${(place.place ?? "").replaceAll("+", "-")}`;
  if (inLanguage === current && has(id)) return t(id);
  if (!place.iso2) return place.name;
  return regions(inLanguage).of(place.iso2) ?? place.name;
}

const regionNames = new Map<Language, Intl.DisplayNames>();
function regions(inLanguage: Language): Intl.DisplayNames {
  const known = regionNames.get(inLanguage) ?? new Intl.DisplayNames(inLanguage, { type: "region", fallback: "none" });
  regionNames.set(inLanguage, known);
  return known;
}
