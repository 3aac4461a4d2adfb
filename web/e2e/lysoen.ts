import AxeBuilder from "@axe-core/playwright";
import { test as plain, expect, type Page } from "@playwright/test";
import { BASE_URL } from "./browser.mjs";

export { expect };
export type Language = "en" | "fr";

/** In every test: no error in the console, nothing from another host, nothing that the security policy forbids. */
export const test = plain.extend<{ quiet: void }>({
  quiet: [
    async ({ page, context }, use) => {
      const wrong: string[] = [];
      page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()} ${message.location().url}`));
      page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
      context.on("request", (request) => isElsewhere(request.url()) && wrong.push(`elsewhere: ${request.url()}`));
      await page.exposeFunction("forbidden", (what: string) => wrong.push(`policy: ${what}`));
      await page.addInitScript(() => {
        const told = window as unknown as { forbidden: (what: string) => void };
        document.addEventListener("securitypolicyviolation", (event) => told.forbidden(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
      });
      await use();
      expect(wrong).toEqual([]);
    },
    { auto: true },
  ],
});

function isElsewhere(address: string): boolean {
  const url = new URL(address);
  return /^(https?|wss?):$/.test(url.protocol) && url.host !== new URL(BASE_URL).host;
}

/** The page at an address, in a language, once everything on it has come. */
export async function open(page: Page, path: string, language: Language = "en") {
  await page.goto(language === "en" ? path : `${path}${path.includes("?") ? "&" : "?"}lang=${language}`);
  await settled(page);
}

export async function settled(page: Page) {
  await expect(page.locator("h1")).toBeVisible();
  await expect(page.locator("main .loading")).toHaveCount(0);
  await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
}

/** Nothing that axe calls serious or critical, and no scrolling sideways. */
export async function expectSound(page: Page) {
  await settled(page);
  // Without the legacy mode axe opens a second, empty page.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.failureSummary}`).join(" | ")}`)).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways, "pixels that the page is too wide").toBeLessThanOrEqual(0);
}

export async function api<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(`/api/v1${path}`);
  expect(answer.ok(), path).toBe(true);
  return (await answer.json()) as T;
}

/** A number as it is written in a language. */
export function written(value: number, decimals = 0, language: Language = "en"): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: true }).format(value);
}

/** The menu is closed at first where the screen is narrow. */
export async function go(page: Page, name: string) {
  const menu = page.locator(".menu-button");
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("navigation").getByRole("link", { name, exact: true }).click();
}
