import { useState } from "preact/hooks";

export type Theme = "light" | "dark";

function kept(): string | null {
  try {
    return window.localStorage.getItem("theme");
  } catch {
    return null; // Storage may be forbidden; then the system's choice holds.
  }
}

function preferred(): Theme {
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** The theme that is shown now. */
export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : preferred();
}

export function startTheme() {
  const chosen = kept();
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
}

/** What draws on a canvas must be told when the theme changes; what draws by style is not concerned. */
export function onTheme(listener: () => void): () => void {
  const query = window.matchMedia("(prefers-color-scheme: dark)");
  window.addEventListener("theme", listener);
  query.addEventListener("change", listener);
  return () => {
    window.removeEventListener("theme", listener);
    query.removeEventListener("change", listener);
  };
}

export function useTheme(): [Theme, () => void] {
  const [shown, setShown] = useState(theme());
  const toggle = () => {
    const next: Theme = theme() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try {
      window.localStorage.setItem("theme", next);
    } catch {
      // As above.
    }
    setShown(next);
    window.dispatchEvent(new Event("theme"));
  };
  return [shown, toggle];
}
