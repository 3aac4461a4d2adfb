import type { PlaceAnswer, ShownFigure } from "../../api/types";
import { number, percent, period, shownRange, shownRate, shownValue } from "../../format";

/** A sentence in Fluent, and the measures on which it rests. */
export interface Sentence {
  id: string;
  args: Record<string, string | number>;
  measures: string[];
  /** Parts of the sentence that are said one after another, as `$list`. */
  list?: { id: string; args: Record<string, string | number> }[];
}

/** The sentence in words; `translate` gives the words of an id. */
export function say({ id, args, list }: Sentence, translate: (id: string, args: Sentence["args"]) => string, of: string): string {
  if (!list) return translate(id, args);
  const parts = list.map((part) => translate(part.id, part.args));
  return translate(id, { ...args, list: new Intl.ListFormat(of === "en" ? "en-GB" : of).format(parts) });
}

type Figures = (measure: string) => ShownFigure | undefined;

export function figuresOf(answer: Pick<PlaceAnswer, "figures">): Figures {
  const all = new Map(answer.figures.map((figure) => [figure.measure, figure]));
  return (measure) => all.get(measure);
}

/** What happens to people here, in the order in which it must be read. */
export function headline(answer: PlaceAnswer): Sentence[] {
  const figures = figuresOf(answer);
  return [
    killed(answer, figures),
    civilians(figures),
    whoDidIt(figures),
    notAttributed(figures),
    displacedHere(figures),
    displacedAbroad(figures),
    movements(figures),
    facing(figures),
    years(figures),
  ].filter((sentence) => sentence !== null);
}

function killed(answer: PlaceAnswer, figures: Figures): Sentence | null {
  const figure = figures("killed");
  if (!known(figure)) {
    const joint = answer.of[0];
    return joint
      ? { id: "headline-killed-jointly", args: { joint }, measures: [] }
      : { id: "headline-killed-unknown", args: when(figure, answer), measures: [] };
  }
  if (figure.value === 0) return { id: "headline-killed-none", args: when(figure, answer), measures: ["killed"] };
  const range = shownRange(figure.shown);
  const args = {
    count: shownValue(figure.shown),
    n: figure.value,
    range,
    rate: shownRate(figure.shown),
    rated: rated(figure),
    ...when(figure, answer),
  };
  return { id: range ? "headline-killed" : "headline-killed-no-range", args, measures: ["killed"] };
}

function civilians(figures: Figures): Sentence | null {
  const figure = figures("killed_civilians");
  const unknown = figures("killed_unknown");
  if (!known(figure) || !figures("killed")?.value) return null;
  // "At least" is said in words, so the sign would say it twice.
  const args = { count: plain(figure), n: figure.value, unknown: known(unknown) ? plain(unknown) : "" };
  return { id: unknown?.value ? "headline-civilians-and-unknown" : "headline-civilians", args, measures: ["killed_civilians", "killed_unknown"] };
}

/** The parts of one-sided violence by who did it; the two kinds of government where they are told apart. */
export function perpetrators(figures: Figures): string[] {
  const apart = known(figures("killed_by_own_government")) && known(figures("killed_by_other_government"));
  const governments = apart ? ["killed_by_own_government", "killed_by_other_government"] : ["killed_by_any_government"];
  return [...governments, "killed_by_non_state", "killed_by_unknown"];
}

function whoDidIt(figures: Figures): Sentence | null {
  const parts = perpetrators(figures).filter((measure) => figures(measure)?.value);
  if (parts.length === 0) return null;
  const all = figures("killed_one_sided");
  const list = parts.map((measure) => ({ id: `headline-by-${measure}`, args: { count: plain(figures(measure)) } }));
  return { id: "headline-who", args: { total: plain(all), n: all?.value ?? 0 }, list, measures: parts };
}

function notAttributed(figures: Figures): Sentence | null {
  const figure = figures("killed_civilians_not_attributed");
  const all = figures("killed_civilians");
  if (!known(figure) || figure.value === 0 || !known(all) || all.value === 0) return null;
  return {
    id: "headline-not-attributed",
    args: { count: plain(figure), share: percent(figure.value / all.value, 0) },
    measures: ["killed_civilians_not_attributed"],
  };
}

function displacedHere(figures: Figures): Sentence | null {
  const figure = figures("displaced_in_country");
  if (!known(figure)) return { id: "headline-displaced-unknown", args: {}, measures: [] };
  const args = {
    count: plain(figure),
    n: figure.value,
    least: figure.shown.sign === "≥ " ? "yes" : "no",
    share: share(figure.per_100k),
    shared: figure.per_100k === null ? "no" : "yes",
  };
  return { id: figure.value === 0 ? "headline-displaced-none" : "headline-displaced", args, measures: ["displaced_in_country"] };
}

function displacedAbroad(figures: Figures): Sentence | null {
  const figure = figures("displaced_abroad");
  if (!known(figure) || figure.value === 0) return null;
  return {
    id: "headline-abroad",
    args: { count: plain(figure), n: figure.value, least: figure.shown.sign === "≥ " ? "yes" : "no" },
    measures: ["displaced_abroad"],
  };
}

function movements(figures: Figures): Sentence | null {
  const [conflict, disaster] = [figures("internal_displacements_conflict"), figures("internal_displacements_disaster")];
  const args = { conflict: conflict?.value ? plain(conflict) : "", disaster: disaster?.value ? plain(disaster) : "" };
  if (!args.conflict && !args.disaster) return null;
  const id = args.conflict && args.disaster ? "headline-movements" : args.conflict ? "headline-movements-conflict" : "headline-movements-disaster";
  return { id, args, measures: [conflict, disaster].filter((figure) => figure?.value).map((figure) => figure!.measure) };
}

function facing(figures: Figures): Sentence | null {
  const figure = figures("facing_at_least_one_threat");
  if (!known(figure)) return { id: "headline-facing-unknown", args: {}, measures: [] };
  const args = {
    low: plain(figure),
    n: figure.value,
    share: share(figure.per_100k),
    high: figure.shown.high === null ? "" : number(figure.shown.high, figure.shown.decimals),
  };
  return { id: args.high ? "headline-facing-bounds" : "headline-facing", args, measures: ["facing_at_least_one_threat"] };
}

function years(figures: Figures): Sentence | null {
  const [free, under] = [figures("secure_life_expectancy"), figures("insecure_years")];
  if (!known(free) || !known(under)) return null;
  return { id: "headline-years", args: { free: plain(free), under: plain(under) }, measures: ["secure_life_expectancy", "insecure_years"] };
}

type Known = ShownFigure & { value: number };

/** A value that is too old to be used for the period is no headline. */
export function known(figure: ShownFigure | undefined): figure is Known {
  return figure !== undefined && figure.value !== null && figure.coverage !== "stale";
}

function plain(figure: ShownFigure | undefined): string {
  return figure ? number(figure.shown.value, figure.shown.decimals) : "";
}

function rated(figure: ShownFigure): string {
  return figure.shown.rate === null ? "no" : "yes";
}

function share(per100k: number | null): string {
  return per100k === null ? "" : percent(per100k / 100_000, per100k < 100 ? 2 : 1);
}

function when(figure: ShownFigure | undefined, answer: PlaceAnswer): { period: string } {
  return { period: period(figure?.coverage === "earlier year" ? (figure.data_period ?? answer.period) : answer.period) };
}
