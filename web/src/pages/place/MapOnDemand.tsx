import type { ComponentChildren } from "preact";
import { lazy, Suspense } from "preact/compat";
import { useState } from "preact/hooks";
import { Loading } from "../../parts/States";
import { t } from "../../words";

const LocalMap = lazy(() => import("./LocalMap"));

/** The map is large, and the table beside it says the same: it comes when it is asked for. */
export function MapOnDemand({
  place,
  layer,
  words,
  children,
}: {
  place: string;
  layer: "places" | "events";
  words: string;
  children?: ComponentChildren;
}) {
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div class="controls">
        <button type="button" onClick={() => setOpen(true)}>
          {t("place-map-load")}
        </button>
      </div>
    );
  return (
    <Suspense fallback={<Loading />}>
      <LocalMap place={place} layer={layer} words={words} />
      {children}
    </Suspense>
  );
}
