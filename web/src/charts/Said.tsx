import { t } from "../words";

/** A figure in words; where its rows can be seen it opens them. */
export function Said({ said, title, open }: { said: string; title: string; open?: () => void }) {
  if (!open) return <span class="num">{said}</span>;
  return (
    <button type="button" class="figure num" aria-label={`${title}${t("colon")} ${said}`} onClick={open}>
      {said}
    </button>
  );
}
