import { Said } from "./Said";
import { useWidth } from "./useWidth";
import "./charts.css";

export interface StackPart {
  id: string;
  title: string;
  value: number;
  said: string;
  /** Shows the rows behind it. */
  open?: () => void;
  colour: string;
}

/** One bar in parts, and below it what each part is and how many. */
export function StackBar({ parts, label, width: given }: { parts: StackPart[]; label: string; width?: number }) {
  const [ref, measured] = useWidth<HTMLDivElement>(640);
  const width = given ?? measured;
  const sum = parts.reduce((total, part) => total + part.value, 0);
  let at = 0;
  return (
    <div ref={ref} class="drawn">
      <svg width={width} height={22} role="img" aria-label={label}>
        {sum > 0 &&
          parts.map((part) => {
            const x = at;
            const wide = (part.value / sum) * width;
            at += wide;
            return part.value > 0 && <rect key={part.id} x={x} width={Math.max(1, wide - 1)} height={22} style={{ fill: part.colour }} />;
          })}
      </svg>
      <ul class="stack-parts">
        {parts.map((part) => (
          <li key={part.id}>
            <i class="swatch" style={{ background: part.colour }} />
            {part.title}
            <b>
              <Said {...part} />
            </b>
          </li>
        ))}
      </ul>
    </div>
  );
}
