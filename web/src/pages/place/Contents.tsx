import { useLayoutEffect, useState } from "preact/hooks";
import { language, t } from "../../words";

/** Links to the sections that the page has; they are read off the page once it is drawn. */
export function Contents({ of }: { of: unknown }) {
  const [sections, setSections] = useState<{ id: string; title: string }[]>([]);
  useLayoutEffect(() => {
    const drawn = [...document.querySelectorAll(".place-section")];
    setSections(drawn.map((section) => ({ id: section.id, title: section.querySelector("h2")?.textContent ?? "" })));
  }, [of, language()]);
  return (
    <nav class="place-contents" aria-label={t("methods-contents")}>
      <details open={window.matchMedia("(min-width: 48rem)").matches}>
        <summary>{t("methods-contents")}</summary>
        <ul>
          {sections.map((section) => (
            <li key={section.id}>
              <a href={`#${section.id}`}>{section.title}</a>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  );
}
