import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../words";
import "./charts.css";

/** What a chart shows, as a table for whoever cannot see it or wants the numbers. It is made when it is opened. */
export function AsTable({ children }: { children: () => ComponentChildren }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="as-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("place-as-table")}</summary>
      {open && children()}
    </details>
  );
}
