import type { Sheet, SourceRow } from "../src/api/types";
import { api, expect, expectSound, go, open, settled, test, written } from "./lysoen";

test("from the sources one comes to one of them, and to the methods", async ({ page }) => {
  const { rows } = await api<Sheet<SourceRow>>(page, "/sources");
  const idmc = rows.find((row) => row.source === "idmc")!;
  await open(page, "/data");
  await expect(page.locator("main table tbody tr")).toHaveCount(rows.filter((row) => row.releases > 0).length);
  await expectSound(page);

  await page.getByRole("link", { name: "idmc", exact: true }).click();
  await settled(page);
  await expect(page).toHaveURL(/\/data\/idmc/);
  await expect(page.locator(".facts")).toContainText(written(idmc.rows!));
  await expect(page.locator(".facts")).toContainText(idmc.licence!);
  await expectSound(page);

  await go(page, "Methods");
  await settled(page);
  await expectSound(page);
  await page.getByRole("link", { name: /^Numbers about people/ }).click();
  await settled(page);
  await expect(page).toHaveURL(/\/methods\/people/);
  await expect(page.locator("article h2").first()).toBeVisible();
  await expectSound(page);
});

test("the links of a method lead to other methods and to its own headings", async ({ page }) => {
  await open(page, "/methods/people");
  const broken = await page.locator("article a[href^='#'], .contents a").evaluateAll((links) => links.map((link) => link.getAttribute("href")!).filter((target) => !document.getElementById(decodeURIComponent(target.slice(1)))));
  expect(broken).toEqual([]);
  const others = await page.locator("article a[href^='/methods/']").evaluateAll((links) => [...new Set(links.map((link) => new URL((link as HTMLAnchorElement).href).pathname))]);
  for (const path of others) expect((await page.request.get(`/api/v1${path}`)).status(), path).toBe(200);
});
