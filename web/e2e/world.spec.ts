import type { Status, World } from "../src/api/types";
import { api, expect, expectSound, type Language, open, settled, test, written } from "./lysoen";

const WORDS = {
  en: { title: (year: string) => `The world in ${year}`, displaced: "Displaced", year: "Year", search: "Find a place", ukraine: "Ukraine" },
  fr: { title: (year: string) => `Le monde en ${year}`, displaced: "Déplacés", year: "Année", search: "Chercher un lieu", ukraine: "Ukraine" },
};

for (const language of ["en", "fr"] as const) {
  const words = WORDS[language];

  test(`one chooses a measure, goes back a year by the keyboard, and finds a place (${language})`, async ({ page }) => {
    const { latest, periods } = await api<Status>(page, "/status");
    await open(page, "/", language);
    await expect(page.locator("h1")).toHaveText(words.title(latest));
    await expectSound(page);

    await page.getByRole("button", { name: words.displaced, exact: true }).click();
    await expect(page).toHaveURL(/show=displaced_in_country/);

    const before = periods.at(-2)!;
    await page.getByRole("slider", { name: words.year }).focus();
    await Promise.all([page.waitForResponse(new RegExp(`/world\\?period=${before}`)), page.keyboard.press("ArrowLeft")]);
    await expect(page.locator("h1")).toHaveText(words.title(before));
    await expect(page).toHaveURL(new RegExp(`period=${before}`));
    await expectSound(page);

    await page.getByRole("combobox", { name: words.search }).fill("ukr");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/place\/UKR/);
    await expect(page.locator("h1")).toContainText(words.ukraine);
    await expect(page.locator("h1")).toBeFocused();
  });

  test(`the table tells the values of the map, and both those of the API (${language})`, async ({ page }) => {
    const world = await api<World>(page, "/world?period=2024");
    await open(page, "/?period=2024", language);
    await page.locator(".ranking .more").click();
    const table = await valuesOf(page.locator(".ranking tbody tr"), "th a", ".figure-value");
    expect(table).toEqual(fromApi(world, "killed", language));

    const labels = await page.locator("a[data-shape]").evaluateAll((shapes) => shapes.map((shape) => [shape.getAttribute("data-shape")!, shape.getAttribute("aria-label")!] as const));
    const map = new Map(labels);
    const told = [...table].filter(([place]) => map.has(place));
    expect(told.length).toBeGreaterThan(40);
    for (const [place, value] of told) expect(map.get(place), place).toContain(`: ${value}`);
  });
}

async function valuesOf(rows: import("@playwright/test").Locator, link: string, value: string): Promise<Map<string, string>> {
  const found = await rows.evaluateAll(
    (all, [link, value]) => all.map((row) => [new URL((row.querySelector(link!) as HTMLAnchorElement).href).pathname.split("/").at(-1)!, row.querySelector(value!)!.textContent!] as const),
    [link, value],
  );
  return new Map(found);
}

/** The places with a value, the highest first, as they are told. */
function fromApi(world: World, measure: string, language: Language): Map<string, string> {
  const column = world.measures[measure]!;
  const rows = world.places.map((place, at) => ({ place, at, value: column.value[at] ?? null }));
  const valued = rows.filter(({ place, at, value }) => place !== "WLD" && value !== null && column.coverage[at] !== "none recorded");
  return new Map(valued.map(({ place, at }) => [place, column.sign[at]! + written(column.rounded[at]!, column.decimals, language) + column.mark[at]!]));
}

test("the arrow keys go from place to place on the map, and Enter opens one", async ({ page }) => {
  await open(page, "/");
  const first = page.locator("a[data-shape][tabindex='0']");
  await first.focus();
  await expect(first).toHaveAttribute("data-shape", "UKR");
  await expect(page.locator(".tooltip")).toContainText("Uppsala Conflict Data Program");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("a[data-shape]:focus")).toHaveAttribute("aria-label", /Israel and Palestine.*counted together/);
  await page.keyboard.press("Enter");
  await settled(page);
  await expect(page).toHaveURL(/\/place\/ISR\+PSE/);
});

test("a joint place colours each of its parts, and what is not determined is dashed", async ({ page }) => {
  await open(page, "/");
  const fill = (shape: string) => page.locator(`a[data-shape="${shape}"] path`).first().evaluate((path) => getComputedStyle(path).fill);
  expect(await fill("ISR")).toBe(await fill("PSE"));
  expect(await fill("ISR")).not.toBe(await fill("JOR"));
  await expect(page.locator("a[data-shape='ATA']")).toHaveCount(0);
  const dashes = (kind: string) => page.locator(`.line.${kind}`).evaluate((line) => getComputedStyle(line).strokeDasharray);
  expect(await dashes("undetermined")).not.toBe("none");
  expect(await dashes("international")).toBe("none");
});

test("no shape is smeared across the map", async ({ page }) => {
  await open(page, "/");
  const wide = await page.locator("a[data-shape] > path:first-child").evaluateAll((paths) =>
    paths.map((path) => {
      // The longest stroke within a shape, as a share of the picture's width.
      const points = (path.getAttribute("d")!.match(/[ML]-?[\d.]+,-?[\d.]+/g) ?? []).map((point) => ({ move: point[0] === "M", x: Number(point.slice(1).split(",")[0]) }));
      const longest = Math.max(0, ...points.map(({ move, x }, at) => (move ? 0 : Math.abs(x - points[at - 1]!.x))));
      return [path.parentElement!.getAttribute("data-shape")!, longest / 960] as const;
    }),
  );
  expect(wide.filter(([, share]) => share > 0.1)).toEqual([]);
});

test("neighbours among small islands come apart when one goes nearer", async ({ page }) => {
  await open(page, "/?period=2024");
  const leeward = () => page.locator("a.shape[aria-hidden]").evaluateAll((all) => all.filter((one) => /place\/(AIA|ATG|BLM|KNA|MAF|MSR|SXM|VGB|VIR)/.test(one.getAttribute("href")!)).length);
  await expect(page.locator("a[data-shape='ATG']")).toBeAttached();
  const far = await leeward();
  await page.locator("a[data-shape='ATG']").focus();
  for (let times = 0; times < 3; times++) await page.locator(".zoom button").first().click();
  await expect.poll(leeward).toBeGreaterThan(far);
  await expectSound(page);
});
