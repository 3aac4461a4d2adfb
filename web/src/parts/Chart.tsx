import { useEffect, useRef, useState } from "preact/hooks";

export type PlotModule = typeof import("./plot");

/**
 * A chart of Observable Plot, drawn anew when its width or `of` changes. Colours come as `var(--…)` and follow the theme.
 * The label says what a table beside it says in full.
 */
export function Chart({ make, of, label }: { make: (plot: PlotModule, width: number) => Element; of: unknown[]; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<PlotModule | null>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    void import("./plot").then(setPlot);
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    if (!plot || width === 0) return;
    const drawn = make(plot, width);
    // The page's security policy forbids style elements; what these would say stands in parts.css.
    drawn.querySelectorAll("style").forEach((style) => style.remove());
    // The label says what is to be heard; the labels within would be read one by one.
    drawn.setAttribute("aria-hidden", "true");
    box.current?.replaceChildren(drawn);
  }, [plot, width, ...of]);
  return <div class="chart" ref={box} role="img" aria-label={label} />;
}
