import { useMemo } from "preact/hooks";
import { useApi } from "../../api/client";
import type { Measure, Measures, PlaceAnswer } from "../../api/types";
import { showSource } from "../../parts/SourcePanel";
import { measureName, measureTitle, placeName } from "../../words";

/** What every part of the page of a place needs: the answer, and what the measures are called. */
export interface Page {
  answer: PlaceAnswer;
  name: string;
  measures: Map<string, Measure>;
  core: { fear: string[]; want: string[] };
}

export function usePage(answer: PlaceAnswer | null): Page | null {
  const all = useApi<Measures>("/api/v1/measures").data;
  return useMemo(() => {
    if (!answer || !all) return null;
    const measures = new Map(all.measures.map((measure) => [measure.id, measure]));
    return { answer, name: placeName(answer), measures, core: all.core };
  }, [answer, all]);
}

export function titleOf(page: Page, measure: string): string {
  return measureTitle(page.measures.get(measure) ?? { id: measure, title: measure });
}

export function nameOf(page: Page, measure: string): string {
  return measureName(page.measures.get(measure) ?? { id: measure, title: measure });
}

/** A source by its publisher and title. */
export function sourceTitle(page: Page, source: string): string {
  return page.answer.sources.find((one) => one.id === source)?.title ?? source;
}

/** Opens the rows behind a figure of the place. */
export function openSource(page: Page, measure: string) {
  const { place, period } = page.answer;
  showSource({ place, placeName: page.name, measure, title: nameOf(page, measure), period });
}
