import type { Agenda, AgendaCalendar, InstrumentPage, Party } from "../src/api/types";
import { api, expect, expectSound, go, open, settled, test } from "./lysoen";

const MINES = "apmbc";
const PLACE = "NOR";

for (const language of ["en", "fr"] as const) {
  test(`the agenda shows its ten elements, and counts only whom a list tells (${language})`, async ({ page }) => {
    const { elements } = await api<Agenda>(page, "/agenda");
    expect(elements.map((element) => element.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    await open(page, "/agenda", language);
    for (const element of elements) {
      const section = page.locator(`#element-${element.number}`);
      await expect(section.locator(".agenda-instruments > li")).toHaveCount(element.instruments.length);
      await expect(section.locator(".agenda-indicator")).toHaveCount(element.indicators.length);
      for (const indicator of element.indicators) if (indicator.missing && indicator.publisher) await expect(section).toContainText(indicator.publisher);
    }
    const mines = elements[0]!.instruments.find((one) => one.id === MINES)!;
    expect(mines.counts!.in_force).toBeGreaterThanOrEqual(150);
    await expect(page.locator("#element-1")).toContainText(String(mines.counts!.in_force));
    await expectSound(page);
  });
}

test("an instrument shows every participant, and finds them by standing and name, in the address too", async ({ page }) => {
  const answer = await api<InstrumentPage>(page, `/agenda/instruments/${MINES}`);
  await open(page, "/agenda");
  await page.locator(`#element-1 .agenda-instruments a[href^="/agenda/instrument/${MINES}"]`).click();
  await settled(page);
  await expect(page.locator("h1")).toBeFocused();
  const rows = page.locator("#participants tbody tr");
  await expect(rows).toHaveCount(answer.parties.length);
  await expect(page.locator("#participants .standing .unverified")).toHaveCount(answer.parties.filter((row) => !row.verified && row.standing !== "unknown").length);
  const bound = answer.parties.filter((row) => row.standing === "bound").length;
  expect(bound).toBeGreaterThanOrEqual(150);
  await page.getByRole("combobox", { name: "Standing", exact: true }).selectOption("bound");
  await expect(page).toHaveURL(/standing=bound/);
  await expect(rows).toHaveCount(bound);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("norway");
  await expect(page).toHaveURL(/q=norway/);
  await expect(rows).toHaveCount(1);
  await rows.locator(".agenda-basis summary").focus();
  await page.keyboard.press("Enter");
  await expect(rows.locator(".agenda-basis li").first()).toBeVisible();
  if (answer.register_note) {
    expect(answer.late).toEqual([]);
    await expect(page.locator("#due")).toContainText(answer.register_note);
  }
  await expectSound(page);
});

test("the map says how each place stands, and leads to it by keyboard", async ({ page }) => {
  await open(page, `/agenda/instrument/${MINES}`);
  const stops = page.locator(".map svg a[tabindex='0']");
  await expect(stops).toHaveCount(1);
  await expect(stops).toHaveAttribute("aria-label", /Bound/);
  await expect(page.locator(`.map [data-shape=${PLACE}]`)).toHaveAttribute("aria-label", /Norway: Bound, since/);
  await stops.focus();
  await page.keyboard.press("Enter");
  await settled(page);
  await expect(page).toHaveURL(/\/agenda\/party\//);
  await expect(page.locator("h1")).toBeFocused();
});

test("a party shows what binds it and what it owes, goes back to its place, and has a report for paper", async ({ page }) => {
  const party = await api<Party>(page, `/agenda/parties/${PLACE}`);
  await open(page, `/place/${PLACE}`);
  await page.locator("main").getByRole("link", { name: "Agenda", exact: true }).click();
  await settled(page);
  await expect(page).toHaveURL(new RegExp(`/agenda/party/${PLACE}$`));
  await expect(page.locator("[id^=element-] tbody tr")).toHaveCount(party.instruments.length);
  await expect(page.locator("#due tbody tr")).toHaveCount(party.due.length);
  await expectSound(page);
  await page.getByRole("link", { name: "Transparency report" }).click();
  await settled(page);
  const sheet = page.locator(".sheet");
  for (const { short } of party.instruments) await expect(sheet).toContainText(short);
  await expect(sheet.locator(".sheet-sources li")).toHaveCount(party.sources.length);
  await expect(sheet.locator("a, button, summary")).toHaveCount(0);
  await expectSound(page);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 718, height: 1047 });
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways, "pixels that the paper is too narrow").toBeLessThanOrEqual(0);
});

test("the calendar is not empty, is filtered in the address, and is subscribed to with the same filters", async ({ page }) => {
  await open(page, "/");
  await go(page, "Agenda");
  await settled(page);
  await page.getByRole("link", { name: "Calendar of the agenda" }).click();
  await settled(page);
  await expect(page.locator(".agenda-month")).not.toHaveCount(0);
  await open(page, `/agenda/calendar?party=${PLACE}&instrument=${MINES}&due=2y`);
  const { rows, meetings } = await api<AgendaCalendar>(page, `/agenda/calendar?party=${PLACE}&instrument=${MINES}&due=2y`);
  expect(rows.length, "a report is due each year").toBeGreaterThan(0);
  const months = new Set([...rows.map((row) => row.due), ...meetings.map((one) => one.date)].flatMap((date) => (date ? [date.slice(0, 7)] : [])));
  await expect(page.locator(".agenda-month[data-month^='2']")).toHaveCount(months.size);
  await expect(page.locator(`.agenda-due a[href^="/agenda/party/${PLACE}"]`).first()).toBeVisible();
  await expect(page.locator(`.agenda-due a[href^="/agenda/instrument/${MINES}"]`).first()).toBeVisible();
  const subscribed = (await page.getByRole("link", { name: "Subscribe (iCalendar)" }).getAttribute("href")) ?? "";
  expect(new URL(subscribed, "http://x").pathname).toBe("/api/v1/agenda/calendar.ics");
  expect(Object.fromEntries(new URL(subscribed, "http://x").searchParams)).toEqual({ due: "2y", party: PLACE, instrument: MINES });
  await page.getByRole("combobox", { name: "Ahead", exact: true }).selectOption("5y");
  await expect(page).toHaveURL(/due=5y/);
  await settled(page);
  await expectSound(page);
});

test("a day once chosen goes along to the other pages", async ({ page }) => {
  await open(page, `/agenda/instrument/${MINES}?as_of=2012-12-27`);
  const { parties } = await api<InstrumentPage>(page, `/agenda/instruments/${MINES}?as_of=2012-12-27`);
  // So many had consented by then; for the last of them it was not yet in force.
  const consented = parties.filter((row) => row.place !== null && (row.standing === "bound" || row.standing === "deposited"));
  expect(consented.length).toBe(161);
  await expect(page.getByLabel("As of", { exact: true })).toHaveValue("2012-12-27");
  await page.getByRole("link", { name: "All ten elements" }).click();
  await settled(page);
  await expect(page).toHaveURL(/\/agenda\?as_of=2012-12-27/);
  await expect(page.locator("main")).toContainText("27 December 2012");
});
