import type { Warnings } from "../src/api/types";
import { api, expect, expectSound, open, settled, test } from "./lysoen";

for (const language of ["en", "fr"] as const) {
  test(`the page of warnings shows what the API says (${language})`, async ({ page }) => {
    const warnings = await api<Warnings>(page, "/warnings");
    await open(page, "/warnings", language);
    if (warnings.label) await expect(page.locator("main .replay").first()).toContainText(warnings.label.slice(0, 40));
    await expect(page.locator("#standing tbody tr")).toHaveCount(warnings.list.length);
    await expect(page.locator(".trigger")).toHaveCount(warnings.triggers.length);
    await expect(page.locator("#not-assessed tbody tr")).toHaveCount(warnings.not_assessed.length);
    for (const [at, trigger] of warnings.triggers.entries()) {
      const card = page.locator(".trigger").nth(at);
      await expect(card).toContainText(trigger.title);
      await expect(card.locator(".trigger-when")).toHaveText(trigger.when);
      await expect(card.locator("tbody tr")).toHaveCount(trigger.record ? 13 : 0);
    }
    if (warnings.log_head) await expect(page.locator(".log-head")).toContainText(warnings.log_head);
    await expectSound(page);
  });
}

test("the list is filtered by kind and by trigger, in the address too", async ({ page }) => {
  const { list, triggers } = await api<Warnings>(page, "/warnings");
  await open(page, "/warnings");
  const rows = page.locator("#standing tbody tr");
  for (const kind of ["warning", "observed-breach"] as const) {
    await page.getByRole("combobox", { name: "Kind", exact: true }).selectOption(kind);
    await expect(page).toHaveURL(new RegExp(`kind=${kind}`));
    await expect(rows).toHaveCount(list.filter((one) => one.kind === kind).length);
  }
  const trigger = triggers[0]!;
  await open(page, `/warnings?trigger=${trigger.id}`);
  await expect(rows).toHaveCount(list.filter((one) => one.trigger === trigger.id).length);
});

test("the map marks the places, and leads by keyboard to their ladders", async ({ page }) => {
  const { list } = await api<Warnings>(page, "/warnings");
  expect(list, "triggers stand on the data that the program carries").not.toEqual([]);
  await open(page, "/warnings");
  const stops = page.locator(".map svg a[tabindex='0']");
  await expect(stops).toHaveCount(1);
  await expect(stops).toHaveAttribute("aria-label", /Warning|Observed breach/);
  await stops.focus();
  await page.keyboard.press("Enter");
  await settled(page);
  await expect(page).toHaveURL(/\/ladder\//);
  await expect(page.locator("h1")).toBeFocused();
});

test("the trade-off of a trigger draws what was chosen on the same years hollow", async ({ page }) => {
  const { triggers } = await api<Warnings>(page, "/warnings");
  await open(page, "/warnings");
  for (const [at, { record }] of triggers.entries()) {
    const known = record?.curve.filter((point) => point.hit_rate !== null) ?? [];
    const drawn = page.locator(".trigger").nth(at).locator(".drawn");
    await expect(drawn.locator(".curve-point")).toHaveCount(known.length);
    await expect(drawn.locator(".curve-point.hollow")).toHaveCount(known.filter((point) => point.in_sample).length);
  }
});

test("a place in the list leads to its ladder", async ({ page }) => {
  const { list } = await api<Warnings>(page, "/warnings");
  expect(list, "triggers stand on the data that the program carries").not.toEqual([]);
  await open(page, "/warnings");
  await page.locator("#standing tbody th a").first().click();
  await settled(page);
  await expect(page).toHaveURL(new RegExp(`/ladder/${list[0]!.place.replace("+", "\\+")}`));
});
