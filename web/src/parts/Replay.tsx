import type { Status } from "../api/types";
import { day } from "../format";
import { t } from "../words";

/** Data that end long ago are no alert, and say so on every page; so does a server that computes still, or could not. */
export function Replay({ status }: { status: Status | null }) {
  if (!status) return null;
  const { replay, doing, fault } = status;
  return (
    <>
      {replay && (
        <aside class="replay" aria-label={t("replay-word")}>
          <strong>{t("replay-word")}</strong> {t("replay-text", { day: day(replay) })}
        </aside>
      )}
      {doing && (
        <div class="doing" role="status">
          {t(`server-doing-${doing.what}`, { period: doing.period ?? "" })}
        </div>
      )}
      {fault && (
        <div class="doing" role="status">
          {t("server-fault")}
        </div>
      )}
    </>
  );
}
