import type { PlaceAnswer } from "../src/api/types";
import { api, expect, expectSound, open, settled, test, written } from "./lysoen";

test("two places and two measures are compared, and the address brings them back", async ({ page }) => {
  await open(page, "/compare");
  const add = page.getByRole("combobox", { name: "Add a place" });
  for (const name of ["ukraine", "syria"]) {
    await add.fill(name);
    await add.press("Enter");
    await settled(page);
  }
  await expect(page).toHaveURL(/places=UKR,SYR/);
  await page.getByRole("button", { name: "Remove Displaced people in the country" }).click();
  await page.getByRole("combobox", { name: "Add a measure" }).selectOption("idps");
  await expect(page).toHaveURL(/measures=killed,idps/);
  await expect(page.locator(".small-multiple .chart svg")).toHaveCount(4);
  await expectSound(page);

  const here = page.url();
  await page.reload();
  await settled(page);
  await expect(page.locator(".small-multiple .chart svg")).toHaveCount(4);
  await expect(page.locator(".chosen .chip")).toHaveText([/Ukraine/, /Syria/, /Killed/, /Internally displaced/]);
  expect(page.url()).toBe(here);
});

test("the years of the table are those of the API, and a year without a value has none", async ({ page }) => {
  const { history } = await api<PlaceAnswer>(page, "/places/SYR");
  const { periods, rounded, sign, decimals } = history.idps!;
  await open(page, "/compare?places=SYR&measures=idps");
  await page.getByText("As a table").click();
  const rows = page.locator(".multiples tbody tr");
  await expect(rows).toHaveCount(periods.length);
  for (const [at, year] of periods.entries()) {
    await expect(rows.filter({ has: page.getByRole("rowheader", { name: year }) }).locator("td")).toContainText(sign[at]! + written(rounded[at]!, decimals));
  }
});

test("a figure of the latest year opens its rows", async ({ page }) => {
  const answer = await api<PlaceAnswer>(page, "/places/UKR");
  const { shown } = answer.figures.find((figure) => figure.measure === "facing_want")!;
  await open(page, "/compare?places=UKR&measures=facing_want");
  const figure = page.locator(".small-multiple button.figure");
  await expect(figure.locator(".figure-value")).toHaveText(shown.sign + written(shown.value!, shown.decimals) + shown.mark);
  await figure.click();
  await expect(page.getByRole("dialog").locator("tbody tr").first()).toBeVisible();
});
