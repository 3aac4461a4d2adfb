import type { Page } from "@playwright/test";
import type { PlaceAnswer } from "../src/api/types";
import { api, expect, expectSound, type Language, open, test, written } from "./lysoen";

/** The places of which `the_api_says_of_ten_places_what_the_command_line_says_to_the_digit` compares the API with the program. */
const TEN = ["UKR", "SDN", "NOR", "FJI", "ETH", "MEX", "ISR+PSE", "SYR", "COL", "WLD"];

/** Opens a place, and compares every figure of its table with what the API says. */
async function expectItsFigures(page: Page, place: string, language: Language) {
  const path = `/place/${encodeURIComponent(place)}`;
  const answer = await api<PlaceAnswer>(page, path.replace("/place/", "/places/"));
  await open(page, path, language);
  const killed = answer.figures.find((figure) => figure.measure === "killed")!;
  if (killed.value) await expect(page.locator(".headline")).toContainText(written(killed.value, 0, language));
  const shown = answer.figures.filter((figure) => figure.value !== null && figure.coverage !== "none recorded");
  const expected = shown.map(({ shown }) => shown.sign + written(shown.value!, shown.decimals, language) + shown.mark);
  const table = page.locator(".all-figures td:nth-child(2) .figure-value");
  const told = (await table.allTextContents()).filter((text) => /\d/.test(text));
  expect(told.map(plain), place).toEqual(expected.map(plain));
}

test("the figures of ten places are those of the API to the digit", async ({ page }, { project }) => {
  // They are the same at any width and in any light.
  for (const place of project.name === "wide, light" ? TEN : TEN.slice(0, 1)) await expectItsFigures(page, place, "en");
});

for (const language of ["en", "fr"] as const) {
  test(`the figures of a place are those of the API to the digit (${language})`, async ({ page }) => {
    await expectItsFigures(page, "UKR", language);
    await expectSound(page);
  });

  test(`a figure opens the rows behind it, and Escape gives the focus back (${language})`, async ({ page }) => {
    await open(page, "/place/UKR", language);
    const figure = page.locator(".key-figures button.figure").first();
    await figure.focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("dialog");
    await expect(panel.locator("tbody tr").first()).toBeVisible();
    await expectSound(page);
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();
    await expect(figure).toBeFocused();
  });
}

/** The minus sign and spaces may be of any kind. */
function plain(text: string): string {
  return text.replace(/\s/g, " ").replace("\u2212", "-");
}

test("a place is downloaded with the values of the page", async ({ page }) => {
  const answer = await api<PlaceAnswer>(page, "/places/UKR");
  await open(page, "/place/UKR");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".download").getByRole("link", { name: "CSV" }).first().click()]);
  const stream = await download.createReadStream();
  let text = "";
  for await (const part of stream) text += String(part);
  const killed = answer.figures.find((figure) => figure.measure === "killed")!;
  expect(text.split("\n").find((line) => line.includes(",killed,"))).toContain(`,killed,${killed.value},${killed.low},${killed.high},`);
});

test("on paper a place stands on one sheet", async ({ page }) => {
  const answer = await api<PlaceAnswer>(page, "/places/UKR");
  await open(page, "/place/UKR");
  await expect(page.locator(".brief")).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".brief")).toBeVisible();
  await expect(page.locator(".place-page")).toBeHidden();
  await expect(page.locator(".brief")).toContainText(written(answer.figures.find((figure) => figure.measure === "killed")!.value!));
  const pdf = await page.pdf({ format: "A4" });
  expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

test("an earlier year of a place is another answer and another address", async ({ page }) => {
  await open(page, "/place/UKR");
  await page.locator(".controls select").selectOption("2022");
  await expect(page).toHaveURL(/period=2022/);
  const killed = (await api<PlaceAnswer>(page, "/places/UKR?period=2022")).figures.find((figure) => figure.measure === "killed")!;
  await expect(page.locator(".headline")).toContainText(written(killed.value!));
});

test("the local map draws the place and its events", async ({ page }) => {
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await open(page, "/place/UKR");
  await page.getByRole("button", { name: /map/i }).first().click();
  const canvas = page.locator(".local-map canvas");
  await expect(canvas).toBeVisible();
  await expect.poll(() => shades(page), { timeout: 30_000, message: "colours on the map" }).toBeGreaterThan(3);
  await expect(page.locator(".local-map + .note")).not.toHaveRole("alert");
  expect(workers.filter((url) => url.includes("/assets/maplibre-gl-worker"))).not.toEqual([]);
  await expectSound(page);
});

/** How many colours the map's picture has: an empty one has one or two. */
async function shades(page: import("@playwright/test").Page): Promise<number> {
  const picture = await page.locator(".local-map").screenshot();
  return page.evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], { type: "image/png" }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const counts = new Map<number, number>();
    for (let at = 0; at < data.length; at += 4) {
      const colour = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return [...counts.values()].filter((count) => count > 200).length;
  }, picture.toString("base64"));
}
