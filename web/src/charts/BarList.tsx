import type { ComponentChildren } from "preact";
import "./charts.css";

export interface BarItem {
  id: string;
  title: ComponentChildren;
  value: number;
  said: string;
  muted?: boolean;
}

/** A short list with a bar for each line; it reads as a list without the bars. */
export function BarList({ items }: { items: BarItem[] }) {
  const max = Math.max(1, ...items.map((item) => item.value));
  return (
    <ol class="bar-list">
      {items.map((item) => (
        <li key={item.id} class={item.muted ? "muted" : undefined}>
          <span class="bar-title">{item.title}</span>
          <span class="bar-track" aria-hidden="true">
            <span style={{ width: `${(100 * item.value) / max}%` }} />
          </span>
          <span class="num">{item.said}</span>
        </li>
      ))}
    </ol>
  );
}
