import { useEffect, useState } from "preact/hooks";

/** Everything that the page shows is in its address, so that it can be sent, kept and gone back to. */
export interface Route {
  path: string;
  query: URLSearchParams;
}

export type Query = Record<string, string | null | undefined>;

const listeners = new Set<() => void>();
let current: Route = read();
let navigated = false;

function read(): Route {
  const { pathname, search } = window.location;
  return { path: pathname === "/" ? "/" : pathname.replace(/\/+$/, ""), query: new URLSearchParams(search) };
}

function changed() {
  const before = current.path;
  current = read();
  if (current.path !== before) navigated = true;
  listeners.forEach((listener) => listener());
}

/** The address of a page of ours. A language once chosen goes along. */
export function href(path: string, query: Query = {}): string {
  const all = new URLSearchParams();
  for (const [key, value] of Object.entries({ lang: current.query.get("lang"), ...query })) {
    if (value !== null && value !== undefined && value !== "") all.set(key, value);
  }
  // A comma in a list is easier to read than %2C, and as valid.
  const text = all.toString().replaceAll("%2C", ",");
  return text ? `${path}?${text}` : path;
}

export function navigate(path: string, query: Query = {}, options: { replace?: boolean } = {}) {
  const target = href(path, query);
  if (options.replace) window.history.replaceState(null, "", target);
  else window.history.pushState(null, "", target);
  changed();
}

/** Changes some keys of the query and leaves the others; null or "" takes a key out. */
export function setQuery(changes: Query, options: { replace?: boolean } = { replace: true }) {
  navigate(current.path, { ...Object.fromEntries(current.query), ...changes }, options);
}

export function useRoute(): Route {
  const [route, setRoute] = useState(current);
  useEffect(() => {
    const listener = () => setRoute(current);
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return route;
}

/** One key of the query. A value equal to the default is not written into the address. */
export function useQuery(key: string, fallback = ""): [string, (value: string, options?: { replace?: boolean }) => void] {
  const { query } = useRoute();
  const set = (value: string, options?: { replace?: boolean }) => setQuery({ [key]: value === fallback ? null : value }, options);
  return [query.get(key) ?? fallback, set];
}

/** True once after each change of page: who asks first moves the focus. */
export function takeNavigated(): boolean {
  const was = navigated;
  navigated = false;
  return was;
}

/** The heading that had the focus is replaced: the next one is to have it. */
export function handOnFocus() {
  navigated = true;
}

/** `/place/:place` against `/place/UKR` gives `{ place: "UKR" }`. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const found = given[at] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decode(found);
    else if (part !== found) return null;
  }
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Files and the API are the server's; every other address of ours is a page.
const SERVED = /^\/(api|borders|tiles|ogc|assets|healthz|readyz|metrics)(\/|$)/;

function onClick(event: MouseEvent) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest?.("a");
  if (!link || link.hasAttribute("download") || (link.getAttribute("target") ?? "_self") !== "_self") return;
  // A link within a picture has no `href` property that is text.
  const url = new URL(link.getAttribute("href") ?? "", window.location.href);
  const samePage = url.pathname === window.location.pathname && url.hash !== "";
  if (url.origin !== window.location.origin || SERVED.test(url.pathname) || samePage) return;
  event.preventDefault();
  navigate(url.pathname, Object.fromEntries(url.searchParams));
  if (url.hash) window.history.replaceState(null, "", window.location.pathname + window.location.search + url.hash);
  else window.scrollTo(0, 0);
}

export function startRouter() {
  window.addEventListener("popstate", changed);
  document.addEventListener("click", onClick);
}
