import { expect, expectSound, open, settled, test } from "./lysoen";

test("a weight that is changed moves ranks with their intervals, and is set back", async ({ page }) => {
  await open(page, "/index");
  await page.locator("a[href^='/index/human-security']").first().click();
  await settled(page);
  await expect(page).toHaveURL(/\/index\/human-security/);
  const rank = page.locator(".explorer tbody tr");
  await expect(rank.first()).toContainText(/\d+–\d+/);
  const before = await rank.allTextContents();
  await expectSound(page);

  const tree = page.locator("details.tree");
  if (!(await tree.getAttribute("open").then((open) => open !== null))) await tree.locator("summary").click();
  const weight = tree.locator("input[type=range]").first();
  await weight.focus();
  await page.keyboard.press("Home");
  await expect(page).toHaveURL(/[?&]w=/);
  await expect(page.locator(".explorer")).toHaveAttribute("aria-busy", "false", { timeout: 30_000 });
  await expect(page.getByRole("columnheader", { name: "Change of rank" })).toBeVisible();
  await expect(page.locator(".explorer tbody")).toContainText(/[▲▼] \d/);
  await expect(rank.first()).toContainText(/\d+–\d+/);
  await expectSound(page);

  const address = page.url();
  await page.reload();
  await settled(page);
  await expect(page.getByRole("columnheader", { name: "Change of rank" })).toBeVisible();
  expect(page.url()).toBe(address);

  await page.getByRole("button", { name: "Back to the recipe’s own weights" }).click();
  await expect(page).not.toHaveURL(/[?&]w=/);
  await expect.poll(() => rank.allTextContents()).toEqual(before);
});

test("on which choices an index depends is computed when it is asked for", async ({ page }) => {
  await open(page, "/index/human-security");
  await page.getByRole("button", { name: "Compute it" }).click();
  await expect(page.getByText("how parts are joined").first()).toBeVisible({ timeout: 60_000 });
  await expectSound(page);
});
