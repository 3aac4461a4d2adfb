import type { ComponentChildren } from "preact";
import type { Rung, RungStatus, Timing } from "../../api/types";
import { Told } from "../../parts/Told";
import { has, t } from "../../words";

export const STATUSES: RungStatus[] = ["open", "under-way", "tried-before", "blocked", "not-assessed"];
export const TIMINGS: Timing[] = ["in-time", "may-arrive-late", "after-window"];
export const TIERS = ["soft", "medium", "hard"] as const;

// Told apart by their shapes alone.
const SHAPES: Record<RungStatus, ComponentChildren> = {
  open: <circle cx="8" cy="8" r="5.5" class="hollow" />,
  "under-way": <path d="M4 2.5 13.5 8 4 13.5Z" class="full" />,
  "tried-before": <path d="M12.9 5.5A5.5 5.5 0 1 0 13.5 9M13.6 2v4h-4" class="hollow" />,
  blocked: (
    <>
      <rect x="2" y="2" width="12" height="12" class="full" />
      <path d="M5 8h6" class="cut" />
    </>
  ),
  "not-assessed": (
    <>
      <circle cx="8" cy="8" r="6" class="dashed" />
      <path d="M6 6.4a2 2 0 1 1 2.6 2c-.5.2-.6.5-.6 1.1M8 11.3v.7" class="hollow thin" />
    </>
  ),
};

export function StatusShape({ status }: { status: RungStatus }) {
  return (
    <svg class={`status-shape ${status}`} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[status]}
    </svg>
  );
}

/** A status by shape, word and colour, with its reason. */
export function Status({ rung }: { rung: Pick<Rung, "status" | "status_told"> }) {
  const why = reasonOf(rung.status_told);
  return (
    <span class={`status ${rung.status}`}>
      <StatusShape status={rung.status} />
      <span>
        <b>{t(`rung-status-${rung.status}`)}</b>
        {why && (
          <>
            {t("colon")} <Told text={why} />
          </>
        )}
      </span>
    </span>
  );
}

/** What stands behind the word of a status: `blocked: host consent refused` gives `host consent refused`. */
export function reasonOf(told: string): string {
  const cut = told.indexOf(": ");
  if (cut >= 0) return told.slice(cut + 2);
  return /^(open|blocked|not assessed|under way|tried before)$/.test(told) ? "" : told.replace(/^(blocked|not assessed|open) /, "");
}

/** For how many sites it is open, where the status does not say so itself. */
export function sitesOf(rung: Pick<Rung, "open_for_sites" | "status_told">): string {
  return rung.open_for_sites === null || /\bsites?\b/.test(rung.status_told) ? "" : t("ladder-sites", { count: rung.open_for_sites });
}

/** The words for a timing; of what cannot be compared with any window too. */
export function timingWord(timing: Timing | null): string {
  return t(`rung-timing-${timing ?? "none"}`);
}

/** The title of an option in the language of the day; the catalogue tells it in English. */
export function optionTitle(option: Pick<Rung, "id" | "title">): string {
  const id = `option-${option.id}`;
  return has(id) ? t(id) : option.title;
}

export function OptionTitle({ option }: { option: Pick<Rung, "id" | "title"> }) {
  const title = optionTitle(option);
  return <span lang={title === option.title ? "en" : undefined}>{title}</span>;
}
