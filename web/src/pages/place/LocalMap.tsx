import { AttributionControl, type LngLatBoundsLike, Map as MapLibre, NavigationControl, setWorkerUrl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useRef, useState } from "preact/hooks";
import { usePlaces } from "../../parts/Picker";
import { onTheme } from "../../theme";
import { t } from "../../words";
import { mapStyle } from "./mapStyle";

setWorkerUrl(workerUrl);

/** A map of the place from the server's own tiles. Arrows move it, plus and minus change its scale. */
export default function LocalMap({ place, layer, words }: { place: string; layer: "places" | "events"; words: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const bbox = usePlaces().get(place)?.bbox;
  useEffect(() => {
    if (!box.current) return;
    const map = open(box.current, place, layer, words, bbox ?? null);
    map?.on("error", () => setFailed(true));
    if (!map) setFailed(true);
    const stop = onTheme(() => map?.setStyle(mapStyle(place, layer, colourOf)));
    return () => {
      stop();
      map?.remove();
    };
  }, [place, layer, bbox?.join()]);
  return (
    <>
      <div ref={box} class="local-map" />
      <p class="note" role={failed ? "alert" : undefined}>
        {failed ? t("place-map-failed") : words}
      </p>
    </>
  );
}

// A browser without WebGL throws; the table beside the map then has to do.
function open(
  container: HTMLElement,
  place: string,
  layer: "places" | "events",
  label: string,
  bbox: [number, number, number, number] | null,
): MapLibre | null {
  try {
    const map = new MapLibre({
      container,
      style: mapStyle(place, layer, colourOf),
      attributionControl: false,
      dragRotate: false,
      maxZoom: 11,
      locale: { "Map.Title": label },
      // Workers know no address of their own to which another would be relative.
      transformRequest: (url) => ({ url: url.startsWith("/") ? window.location.origin + url : url }),
      ...(bbox && { bounds: bbox as LngLatBoundsLike, fitBoundsOptions: { padding: 20 } }),
    });
    map.addControl(new NavigationControl({ showCompass: false }));
    map.addControl(new AttributionControl({ compact: true }));
    map.keyboard.disableRotation();
    return map;
  } catch {
    return null;
  }
}

/** A colour of the page as the map's canvas understands it. */
function colourOf(name: string): string {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
