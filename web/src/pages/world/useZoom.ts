import { useRef, useState } from "preact/hooks";

export interface Zoom {
  /** How many times larger than the whole. */
  k: number;
  viewBox: string;
  /** Where a point of the picture stands in the window, from 0 to 1. */
  place: (point: [number, number]) => [number, number];
  scale: (by: number, around?: [number, number]) => void;
  show: (point: [number, number]) => void;
  drag: {
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: () => void;
    onClickCapture: (event: MouseEvent) => void;
  };
}

const MOST = 12;
/** A finger or hand that moves less than this many pixels has clicked. */
const STILL = 4;

/** Nearer and farther by buttons, and about by dragging once nearer; the page's own scrolling is left alone. */
export function useZoom(width: number, height: number): Zoom {
  const [{ k, x, y }, set] = useState({ k: 1, x: 0, y: 0 });
  const held = useRef<{ from: [number, number]; start: [number, number]; moved: boolean } | null>(null);
  const moved = useRef(false);

  const to = (nextK: number, nextX: number, nextY: number) => {
    const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most);
    set({ k: nextK, x: clamp(nextX, width - width / nextK), y: clamp(nextY, height - height / nextK) });
  };
  const centre = (nextK: number, [px, py]: [number, number]) => to(nextK, px - width / nextK / 2, py - height / nextK / 2);

  return {
    k,
    viewBox: `${x} ${y} ${width / k} ${height / k}`,
    place: ([px, py]) => [((px - x) * k) / width, ((py - y) * k) / height],
    scale: (by, around) => centre(Math.min(MOST, Math.max(1, k * by)), around ?? [x + width / k / 2, y + height / k / 2]),
    show: (point) => {
      const inside = point[0] > x && point[0] < x + width / k && point[1] > y && point[1] < y + height / k;
      if (!inside) centre(k, point);
    },
    drag: {
      onPointerDown: (event) => {
        moved.current = false;
        if (k > 1 && event.isPrimary) held.current = { from: [event.clientX, event.clientY], start: [x, y], moved: false };
      },
      onPointerMove: (event) => {
        const now = held.current;
        if (!now) return;
        const [dx, dy] = [event.clientX - now.from[0], event.clientY - now.from[1]];
        now.moved ||= Math.hypot(dx, dy) > STILL;
        if (!now.moved) return;
        moved.current = true;
        const unit = width / k / (event.currentTarget as Element).getBoundingClientRect().width;
        to(k, now.start[0] - dx * unit, now.start[1] - dy * unit);
      },
      onPointerUp: () => (held.current = null),
      onClickCapture: (event) => {
        if (moved.current) event.preventDefault();
      },
    },
  };
}
