import type { ComponentChildren } from "preact";
import type { SourceNote } from "../../api/types";
import { day } from "../../format";
import { href } from "../../router";
import { t } from "../../words";

export function Section({ id, title, wide = false, children }: { id: string; title: string; wide?: boolean; children: ComponentChildren }) {
  return (
    <section id={id} class={wide ? "place-section wide" : "place-section"}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** The sources of what stands above, with what must be read with it. `titles` are those of the page. */
export function From({ of, titles, children }: { of: { id: string; as_of: string | null }[]; titles: SourceNote[]; children?: ComponentChildren }) {
  return (
    <p class="note">
      {of.map(({ id, as_of }, at) => (
        <span key={id}>
          {at > 0 && "; "}
          <a href={href(`/data/${id}`)} lang="en">
            {titles.find((one) => one.id === id)?.title ?? id}
          </a>
          {as_of && `, ${t("as-of", { day: day(as_of) })}`}
        </span>
      ))}
      . {children}
    </p>
  );
}
