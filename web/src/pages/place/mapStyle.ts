import type { StyleSpecification } from "maplibre-gl";

/** The kinds of violence by colour, as on the charts. */
export const VIOLENCE: Record<string, string> = {
  "state-based": "--series-1",
  "non-state": "--series-3",
  "one-sided": "--series-4",
  "attack-on-aid-workers": "--series-2",
};

type Layers = StyleSpecification["layers"];

/** The map's style, made of the page's own colours and tiles: nothing comes from elsewhere, and letters are not needed. */
export function mapStyle(place: string, layer: "places" | "events", colour: (name: string) => string): StyleSpecification {
  const tiles = (name: string) => ({ type: "vector" as const, url: `${window.location.origin}/tiles/${name}.json` });
  return {
    version: 8,
    sources: { places: tiles("places"), ...(layer === "events" && { events: tiles("events") }) },
    layers: [
      ...ground(place, colour),
      ...(layer === "places" ? areas(place, colour) : []),
      ...borders(colour),
      ...(layer === "events" ? events(colour) : []),
    ],
  };
}

function ground(place: string, colour: (name: string) => string): Layers {
  const here = ["==", ["get", "place"], place];
  return [
    { id: "water", type: "background", paint: { "background-color": colour("--water") } },
    { id: "land", type: "fill", source: "places", "source-layer": "places", paint: { "fill-color": colour("--sunk") } },
    { id: "here", type: "fill", source: "places", "source-layer": "places", filter: here as never, paint: { "fill-color": colour("--raised") } },
  ];
}

// Communities by deaths per 100,000; one of which nothing is known is grey.
function areas(place: string, colour: (name: string) => string): Layers {
  const rate = ["to-number", ["get", "killed_per_100k"]];
  const classes = [
    "step",
    rate,
    colour("--none-recorded"),
    0.001,
    colour("--fear-1"),
    1,
    colour("--fear-2"),
    3,
    colour("--fear-3"),
    10,
    colour("--fear-4"),
    30,
    colour("--fear-5"),
    100,
    colour("--fear-6"),
  ];
  return [
    {
      id: "areas",
      type: "fill",
      source: "places",
      "source-layer": "places",
      filter: ["all", ["==", ["get", "country"], place], [">", ["to-number", ["get", "level"]], 0]],
      paint: {
        "fill-color": ["case", ["has", "killed_per_100k"], classes, colour("--no-data")] as never,
        "fill-outline-color": colour("--border-line"),
      },
    },
  ];
}

function borders(colour: (name: string) => string): Layers {
  const line = { source: "places", "source-layer": "borders", type: "line" as const };
  const paint = { "line-color": colour("--border-line"), "line-width": 1 };
  return [
    { id: "borders", ...line, filter: ["!=", ["get", "kind"], "undetermined"], paint },
    { id: "undetermined", ...line, filter: ["==", ["get", "kind"], "undetermined"], paint: { ...paint, "line-dasharray": [3, 2] } },
  ];
}

function events(colour: (name: string) => string): Layers {
  return [
    {
      id: "events",
      type: "circle",
      source: "events",
      "source-layer": "events",
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["sqrt", ["max", 0, ["to-number", ["get", "deaths"], 0]]], 0, 2, 10, 9, 50, 26],
        "circle-color": [
          "match",
          ["get", "violence"],
          ...Object.entries(VIOLENCE).flatMap(([violence, name]) => [violence, colour(name)]),
          colour("--series-5"),
        ] as never,
        "circle-opacity": 0.6,
        "circle-stroke-color": colour("--raised"),
        "circle-stroke-width": 0.5,
      },
    },
  ];
}
