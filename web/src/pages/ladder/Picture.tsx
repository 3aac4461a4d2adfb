import type { Rung } from "../../api/types";
import { t } from "../../words";
import { optionTitle, STATUSES, StatusShape, TIERS } from "./Marks";

/** The ladder as a picture: hard on top, soft at the bottom. A pointer leads from a rung to its line; the lists tell all of it. */
export function Picture({ rungs }: { rungs: Rung[] }) {
  return (
    <figure class="ladder-picture">
      <figcaption>{t("ladder-picture")}</figcaption>
      <p class="unseen">{pictureLabel(rungs)}</p>
      <div aria-hidden="true">
        {[...TIERS].reverse().map((tier) => (
          <div key={tier} class="picture-tier">
            <b>{t(`tier-${tier}`)}</b>
            <div class="rails">
              {[...rungs.filter((rung) => rung.tier === tier)].reverse().map((rung) => (
                <a key={rung.id} href={`#${rung.id}`} tabIndex={-1} class={`picture-rung ${rung.status}`} title={optionTitle(rung)}>
                  <span>{rung.id}</span>
                  <StatusShape status={rung.status} />
                </a>
              ))}
            </div>
          </div>
        ))}
      </div>
      <ul class="status-keys">
        {STATUSES.map((status) => (
          <li key={status} class={`status ${status}`}>
            <StatusShape status={status} /> {t(`rung-status-${status}`)}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function pictureLabel(rungs: Rung[]): string {
  const counts = STATUSES.map((status) => ({ status, count: rungs.filter((rung) => rung.status === status).length })).filter(({ count }) => count > 0);
  return counts.map(({ status, count }) => `${t(`rung-status-${status}`)}${t("colon")} ${count}`).join("; ");
}
