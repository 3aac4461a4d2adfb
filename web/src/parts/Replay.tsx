import { day } from "../format";
import { t } from "../words";

/** Data that end long ago are no alert, and say so on every page. */
export function Replay({ end, doing }: { end: string | null; doing: string | null }) {
  return (
    <>
      {end && (
        <aside class="replay" aria-label={t("replay-word")}>
          <strong>{t("replay-word")}</strong> {t("replay-text", { day: day(end) })}
        </aside>
      )}
      {doing && (
        <div class="doing" role="status">
          {t("server-assessing")} <span lang="en">{doing}</span>
        </div>
      )}
    </>
  );
}
