import { expect, open, test } from "./lysoen";

const PAGES = ["/", "/place/UKR", "/compare?places=UKR,SYR", "/forecasts", "/warnings", "/ladder", "/ladder/UKR", "/ladder/UKR/brief", "/index/human-security", "/data", "/data/idmc", "/methods/people"];

for (const path of PAGES) {
  test(`Tab reaches everything on ${path}, and shows where it is`, async ({ page }) => {
    test.setTimeout(180_000);
    await open(page, path);
    const all = await page.evaluate(() => {
      const wanted = "a[href], button:not([disabled]), select, input:not([disabled]), summary, [tabindex='0']";
      const seen = [...document.querySelectorAll<HTMLElement>(wanted)].filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getAttribute("tabindex") !== "-1");
      seen.forEach((one, at) => one.setAttribute("data-stop", String(at)));
      return seen.map((one) => one.outerHTML.slice(0, 120));
    });
    const reached = new Set<number>();
    const unseen: string[] = [];
    for (let press = 0; press < all.length + 5; press++) {
      await page.keyboard.press("Tab");
      const now = await page.evaluate(() => {
        const on = document.activeElement;
        if (!on || on === document.body) return null;
        const style = getComputedStyle(on);
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
        // On the map a place is marked by the outline of its shape.
        return { stop: on.getAttribute("data-stop"), marked: outlined || on.classList.contains("lit"), html: on.outerHTML.slice(0, 120) };
      });
      if (!now) break;
      if (now.stop !== null) reached.add(Number(now.stop));
      if (!now.marked) unseen.push(now.html);
    }
    expect(all.filter((_, at) => !reached.has(at)), "never reached").toEqual([]);
    expect(unseen, "without a mark of focus").toEqual([]);
  });
}

test("the map is one stop on the way of Tab", async ({ page }) => {
  await open(page, "/");
  await expect(page.locator("a[data-shape]").first()).toBeAttached();
  const stops = await page.locator(".map svg a").evaluateAll((links) => links.filter((link) => (link as unknown as SVGElement).tabIndex === 0).length);
  expect(stops).toBe(1);
});

test("the first Tab leads past the navigation", async ({ page }) => {
  await open(page, "/data");
  await page.keyboard.press("Tab");
  await expect(page.locator(".skip")).toBeFocused();
  await expect(page.locator(".skip")).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
});

test("the language and the theme are changed by their buttons and stay", async ({ page }) => {
  await open(page, "/data");
  const menu = page.locator(".menu-button");
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("button", { name: "Français" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await page.getByRole("button", { name: /^(Sombre|Clair)$/ }).click();
  const theme = await page.locator("html").getAttribute("data-theme");
  await page.goto("/methods");
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await expect(page.locator("html")).toHaveAttribute("data-theme", theme!);
});
