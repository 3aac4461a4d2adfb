import type { ComponentChildren } from "preact";

export function Section({ id, title, wide = false, children }: { id: string; title: string; wide?: boolean; children: ComponentChildren }) {
  return (
    <section id={id} class={wide ? "place-section wide" : "place-section"}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** The source of what stands above, by id and vintage, with what must be read with it. */
export function From({ source, children }: { source: ComponentChildren; children?: ComponentChildren }) {
  return (
    <p class="note">
      {source}
      {children && <> {children}</>}
    </p>
  );
}
