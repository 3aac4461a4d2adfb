import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { handOnFocus, takeNavigated } from "../router";

/** The h1 of a page: it names the document, and takes the focus when one came here from another page. While that loads, a first one may stand for it. */
export function Heading({ title, children }: { title: string; children?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Lysoen`;
    if (takeNavigated()) heading.current?.focus({ preventScroll: true });
  }, [title]);
  useLayoutEffect(() => () => void (document.activeElement === heading.current && handOnFocus()), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children ?? title}
    </h1>
  );
}
