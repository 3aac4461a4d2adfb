import { Told } from "../../parts/Told";
import { t } from "../../words";

/** What makes it no alert of today: a replay, or data that are reconstructed. */
export function Label({ of: { label, replay } }: { of: { label: string | null; replay: boolean } }) {
  if (!label) return null;
  return (
    <p class="replay inset" role="note">
      {replay && <strong>{t("replay-word")}</strong>} <Told text={label} />
    </p>
  );
}

export function Reasons({ reasons }: { reasons: string[] }) {
  return (
    <ul class="reasons">
      {reasons.map((reason) => (
        <li key={reason}>
          <Told text={reason} />
        </li>
      ))}
    </ul>
  );
}
