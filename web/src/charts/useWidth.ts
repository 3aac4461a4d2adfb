import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** The width in pixels that an element has, so that a chart fills it and its letters keep their size. */
export function useWidth<Of extends Element>(before: number) {
  const ref = useRef<Of>(null);
  const [width, setWidth] = useState(before);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setWidth(Math.max(200, Math.floor(element.getBoundingClientRect().width) || before));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [before]);
  return [ref, width] as const;
}
