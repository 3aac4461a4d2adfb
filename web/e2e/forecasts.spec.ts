import type { Forecasts } from "../src/api/types";
import { api, expect, expectSound, open, settled, test, written } from "./lysoen";

test("the list of forecasts is sorted, and leads to a place", async ({ page }) => {
  const { list } = await api<Forecasts>(page, "/forecasts");
  await open(page, "/forecasts");
  const rows = page.locator("main table").first().locator("tbody tr");
  await expect(rows.first()).toContainText(list[0]!.name);
  await expect(rows.first()).toContainText(written(Math.round(list[0]!.three.mean)));
  await expectSound(page);

  await page.getByRole("button", { name: "Last 12 months", exact: true }).click();
  await expect(page.locator("th", { has: page.getByRole("button", { name: "Last 12 months", exact: true }) })).toHaveAttribute("aria-sort", "descending");
  await page.getByRole("button", { name: /^Show all/ }).click();
  const most = [...list].sort((a, b) => (b.last_12 ?? -1) - (a.last_12 ?? -1))[0]!;
  await expect(rows.first()).toContainText(most.name);
  await rows.first().getByRole("link").click();
  await settled(page);
  await expect(page).toHaveURL(new RegExp(`/place/${most.place}`));
  await expect(page.locator("h1")).toBeFocused();
  await expectSound(page);
});
