import type { Interval } from "../../api/impact";
import { number, percent } from "../../format";
import { has, t } from "../../words";
import type { Examined } from "./Answer";
import { isTold, outcomeUnit } from "./Common";
import { chance, decimalsFor, peopleRange, peopleWords, signed, signedRange } from "./say";

/** The effect in people with its interval and p; in brief, for the box of the verdict. */
export function Effect({ answer, of, brief = false }: Examined & { brief?: boolean }) {
  const { people, space, conformal, fit } = of;
  const ps = [
    space && t("impact-p-space", { p: chance(space.p), rank: number(space.rank), of: number(space.of) }),
    !brief && conformal && t("impact-p-conformal", { p: chance(conformal.p), least: chance(conformal.smallest) }),
  ].filter(Boolean);
  return (
    <div class={isTold(of) ? "impact-effect" : "impact-effect small"}>
      {people && (
        <p>
          <b class="impact-people">{peopleWords(people.effect)}</b> <span class="impact-interval">{intervalWords(peopleRange(people), of.interval)}</span>
        </p>
      )}
      {!people && !brief && <p>{t("impact-no-people")}</p>}
      {people && !brief && <p>{t("impact-people-of", { observed: number(people.observed), expected: number(people.counterfactual) })}</p>}
      {fit && !brief && <p>{meanWords(fit.effect, of.interval, outcomeUnit(answer.outcome), answer.by)}</p>}
      {ps.length > 0 && <p class={brief ? "note" : undefined}>{ps.join(" ")}</p>}
      {!brief && of.without_anticipation !== null && fit && (
        <p>{t("impact-without-anticipation", { effect: signed(of.without_anticipation, decimalsFor([fit.effect, of.without_anticipation])), unit: outcomeUnit(answer.outcome) })}</p>
      )}
    </div>
  );
}

function intervalWords(range: string, interval: Interval | null): string {
  if (!range) return t("impact-no-interval");
  return interval ? t("impact-interval-of", { range, level: percent(interval.level, 0), kind: kindWords(interval.kind) }) : `(${range})`;
}

function kindWords(kind: string): string {
  return has(`impact-interval-${kind}`) ? t(`impact-interval-${kind}`) : kind;
}

function meanWords(effect: number, interval: Interval | null, unit: string, by: "year" | "month"): string {
  const decimals = decimalsFor([effect, interval?.low ?? null, interval?.high ?? null]);
  const range = interval ? signedRange(interval.low, interval.high, decimals) : "none";
  return t(`impact-mean-${by}`, { effect: signed(effect, decimals), unit, range });
}
