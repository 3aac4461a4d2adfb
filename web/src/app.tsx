import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { forget, get, renew, useApi } from "./api/client";
import type { Status } from "./api/types";
import { Disclaimer } from "./parts/Disclaimer";
import { Heading } from "./parts/Heading";
import { PlaceSearch } from "./parts/Picker";
import { Replay } from "./parts/Replay";
import { SourcePanelHost } from "./parts/SourcePanel";
import { Failed, Loading } from "./parts/States";
import { href, match, useRoute } from "./router";
import { type Page, PAGES, type PageProps } from "./routes";
import { useTheme } from "./theme";
import { LANGUAGES, showLanguage, t, useLanguage } from "./words";

const STATUS = "/api/v1/status";

export function App() {
  useLanguage();
  const route = useRoute();
  const found = find(route.path);
  const status = useStatus();
  const asked = route.query.get("lang");
  useEffect(() => void showLanguage(asked), [asked]);
  return (
    <>
      <a class="skip" href="#content">
        {t("skip-to-content")}
      </a>
      <Header here={found?.page.id} />
      <Replay status={status} />
      <main id="content" tabIndex={-1}>
        {found ? <Shown key={found.page.id} page={found.page} params={found.params} /> : <NotFound />}
      </main>
      <Footer status={status} />
      <SourcePanelHost />
    </>
  );
}

function find(path: string): { page: Page; params: Record<string, string> } | null {
  for (const page of PAGES) {
    for (const pattern of page.patterns) {
      const params = match(pattern, path);
      if (params) return { page, params };
    }
  }
  return null;
}

/** The state of the server, asked again, often while it computes; what it then has anew, the page shows. */
function useStatus(): Status | null {
  const { data } = useApi<Status>(STATUS);
  const [, setLooked] = useState(0);
  const seconds = data?.state === "assessing" ? 5 : 60;
  useEffect(() => {
    if (!data) return;
    const look = async () => {
      forget(STATUS);
      const now = await get<Status>(STATUS).catch(() => null);
      if (now && holdings(now) !== holdings(data)) renew();
      else setLooked((times) => times + 1);
    };
    const timer = setInterval(() => void look(), seconds * 1000);
    return () => clearInterval(timer);
  }, [data, seconds]);
  return data;
}

/** What decides on the answers; further periods only add to them. */
function holdings({ manifest, state, has }: Status): string {
  return JSON.stringify([manifest, state, has]);
}

function Shown({ page, params }: { page: Page; params: Record<string, string> }) {
  const [View, setView] = useState<ComponentType<PageProps> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = () => {
    setError(null);
    page.load().then((module) => setView(() => module.default), setError);
  };
  useEffect(load, [page]);
  if (error) return <Failed error={error} retry={load} />;
  return View ? <View params={params} /> : <Loading />;
}

function NotFound() {
  return (
    <div class="prose">
      <Heading title={t("not-found-title")} />
      <p>
        {t("not-found-text")} <a href={href("/")}>{t("nav-world")}</a>
      </p>
    </div>
  );
}

function Header({ here }: { here: string | undefined }) {
  const [open, setOpen] = useState(false);
  const { path } = useRoute();
  useEffect(() => setOpen(false), [path]);
  return (
    <header class="header">
      <a class="brand" href={href("/")}>
        <img src="/icon.svg" alt="" width="28" height="28" />
        <span>Lysoen</span>
      </a>
      <PlaceSearch />
      <button type="button" class="menu-button" aria-expanded={open} aria-controls="menu" onClick={() => setOpen(!open)}>
        {t("menu")}
      </button>
      <div id="menu" class={open ? "menu open" : "menu"}>
        <nav aria-label={t("nav-label")}>
          <ul>
            {PAGES.filter((page) => page.nav).map((page) => (
              <li key={page.id}>
                <a href={href(page.patterns[0]!)} aria-current={page.id === here ? "page" : undefined}>
                  {t(page.nav!)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <Choices />
      </div>
    </header>
  );
}

function Choices() {
  const { language, setLanguage } = useLanguage();
  const [theme, toggleTheme] = useTheme();
  const next = LANGUAGES.find((one) => one !== language)!;
  return (
    <div class="choices">
      <button type="button" class="quiet" lang={next} onClick={() => void setLanguage(next)}>
        {t(`language-${next}`)}
      </button>
      <button type="button" class="quiet" onClick={toggleTheme}>
        {t(theme === "dark" ? "theme-light" : "theme-dark")}
      </button>
    </div>
  );
}

function Footer({ status }: { status: Status | null }) {
  return (
    <footer class="footer">
      <Disclaimer worldview={status?.worldview ?? null} />
      <p>
        {status && <>{t("footer-version", { name: status.name, version: status.version })} · </>}
        <a href={href("/data")}>{t("footer-sources")}</a> · <a href={href("/methods")}>{t("footer-methods")}</a> ·{" "}
        <a href="/api/v1/openapi.json">{t("footer-api")}</a>
      </p>
    </footer>
  );
}
