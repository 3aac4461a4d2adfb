import type { ComponentType } from "preact";

export interface PageProps {
  params: Record<string, string>;
}

export interface Page {
  id: string;
  patterns: string[];
  load: () => Promise<{ default: ComponentType<PageProps> }>;
  /** The word in the navigation; a page without one is reached by links. */
  nav?: string;
}

/** A page is one line here and one folder in `pages/`. */
export const PAGES: Page[] = [
  { id: "world", patterns: ["/"], load: () => import("./pages/world"), nav: "nav-world" },
  { id: "place", patterns: ["/place/:place"], load: () => import("./pages/place") },
  { id: "compare", patterns: ["/compare"], load: () => import("./pages/compare"), nav: "nav-compare" },
  { id: "forecasts", patterns: ["/forecasts"], load: () => import("./pages/forecasts"), nav: "nav-forecasts" },
  { id: "warnings", patterns: ["/warnings"], load: () => import("./pages/warnings"), nav: "nav-warnings" },
  { id: "ladder", patterns: ["/ladder", "/ladder/:place"], load: () => import("./pages/ladder"), nav: "nav-ladder" },
  { id: "brief", patterns: ["/ladder/:place/brief"], load: () => import("./pages/ladder/Brief") },
  { id: "agenda", patterns: ["/agenda"], load: () => import("./pages/agenda"), nav: "nav-agenda" },
  { id: "agenda-calendar", patterns: ["/agenda/calendar"], load: () => import("./pages/agenda/Calendar") },
  { id: "agenda-instrument", patterns: ["/agenda/instrument/:id"], load: () => import("./pages/agenda/Instrument") },
  { id: "agenda-party", patterns: ["/agenda/party/:place"], load: () => import("./pages/agenda/Party") },
  { id: "agenda-report", patterns: ["/agenda/party/:place/report"], load: () => import("./pages/agenda/Report") },
  { id: "impact", patterns: ["/impact"], load: () => import("./pages/impact"), nav: "nav-impact" },
  { id: "impact-policy", patterns: ["/impact/policy/:id"], load: () => import("./pages/impact/Policy") },
  { id: "impact-ask", patterns: ["/impact/ask"], load: () => import("./pages/impact/Ask") },
  { id: "impact-class", patterns: ["/impact/class/:id"], load: () => import("./pages/impact/Class") },
  { id: "indexes", patterns: ["/index", "/index/:recipe"], load: () => import("./pages/indexes"), nav: "nav-indexes" },
  { id: "data", patterns: ["/data", "/data/:source"], load: () => import("./pages/data"), nav: "nav-data" },
  { id: "methods", patterns: ["/methods", "/methods/:id"], load: () => import("./pages/methods"), nav: "nav-methods" },
];
