import type { Rung, WarnWindow } from "../../api/types";
import { number } from "../../format";
import { t } from "../../words";
import { timingWord } from "./Marks";
import { at, isBeyond, TICKS } from "./time";

const share = (part: number) => `${Math.round(part * 10_000) / 100}%`;

/** The pattern of bars that may arrive late; it stands once on the page. */
export function TimeHatch() {
  return (
    <svg class="time-hatch" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="late" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" class="late-ground" />
          <line x1="0" y1="0" x2="0" y2="6" class="late-line" />
        </pattern>
      </defs>
    </svg>
  );
}

/** The days along the top, and where the window ends. */
export function TimeAxis({ window }: { window: WarnWindow | null }) {
  return (
    <svg class="time-axis" width="100%" height="34" aria-hidden="true">
      {TICKS.map((days) => (
        <text key={days} x={share(at(days))} y="31" text-anchor={days === 0 ? "start" : "middle"}>
          {number(days)}
        </text>
      ))}
      <text x="100%" y="31" text-anchor="end">
        {t("ladder-axis-more")}
      </text>
      {window && (
        <text x={share(at(window.days))} y="13" text-anchor={at(window.days) > 0.6 ? "end" : at(window.days) < 0.2 ? "start" : "middle"} class="window-word">
          {t("ladder-axis-window", { days: number(window.days) })}
        </text>
      )}
    </svg>
  );
}

/** From the least to the most days: full where in time, hatched where it may be late, an outline where it comes after. */
export function TimeBar({ rung, window }: { rung: Pick<Rung, "lead" | "timing">; window: WarnWindow | null }) {
  const { lead, timing } = rung;
  const [from, to] = [at(lead.least), at(lead.most)];
  return (
    <svg class="time-bar" width="100%" height="22" role="img" aria-label={barLabel(rung, window)}>
      {TICKS.map((days) => (
        <line key={days} class="tick-line" x1={share(at(days))} x2={share(at(days))} y1="0" y2="22" />
      ))}
      <rect class={`lead-bar ${timing ?? "none"}`} x={share(from)} width={share(Math.max(to - from, 0.012))} y="5" height="12" />
      {isBeyond(lead.most) && <path class="beyond" d="M-9 3 -2 11 -9 19" style={{ transform: "translateX(100%)" }} />}
      {window && <line class="window-line" x1={share(at(window.days))} x2={share(at(window.days))} y1="0" y2="22" />}
    </svg>
  );
}

/** What the bar shows, in words. */
export function barLabel({ lead, timing }: Pick<Rung, "lead" | "timing">, window: WarnWindow | null): string {
  const days = t("ladder-bar", { least: number(lead.least), most: number(lead.most) });
  const against = window ? t("ladder-bar-window", { days: number(window.days) }) : "";
  return [days, against, timingWord(timing)].filter(Boolean).join("; ");
}

/** What the kinds of bars mean. */
export function TimeKeys({ window }: { window: WarnWindow | null }) {
  const kinds = window ? (["in-time", "may-arrive-late", "after-window"] as const) : ([null] as const);
  return (
    <ul class="chart-keys time-keys">
      {kinds.map((timing) => (
        <li key={timing}>
          <svg width="30" height="14" aria-hidden="true">
            <rect class={`lead-bar ${timing ?? "none"}`} x="1" y="1" width="28" height="12" />
          </svg>
          {timingWord(timing)}
        </li>
      ))}
      {window && (
        <li>
          <svg width="8" height="14" aria-hidden="true">
            <line class="window-line" x1="4" x2="4" y1="0" y2="14" />
          </svg>
          {t("ladder-window-end")}
        </li>
      )}
    </ul>
  );
}
