import type { Worldview } from "../api/types";
import { t } from "../words";

/** What must stand with every map: whose borders they are, and that they say nothing of whose the land is. */
export function Disclaimer({ worldview }: { worldview: Worldview | null }) {
  return (
    <div class="disclaimer">
      <p>{t("disclaimer-people")}</p>
      <p>
        {t("disclaimer-borders")}
        {worldview && <span lang="en"> {worldview.disclaimer}</span>}
      </p>
    </div>
  );
}
