import type { Ladder, Rung } from "../src/api/types";
import { api, expect, expectSound, open, settled, test } from "./lysoen";

const PLACE = "UKR";

function counted(rungs: Rung[], of: (rung: Rung) => string): Map<string, number> {
  const all = new Map<string, number>();
  for (const rung of rungs) all.set(of(rung), (all.get(of(rung)) ?? 0) + 1);
  return all;
}

for (const language of ["en", "fr"] as const) {
  test(`the ladder shows every rung as the API tells it (${language})`, async ({ page }) => {
    const { rungs, label, log, log_head, window } = await api<Ladder>(page, `/ladder/${PLACE}`);
    expect(rungs.length).toBeGreaterThanOrEqual(38);
    await open(page, `/ladder/${PLACE}`, language);
    if (label) await expect(page.locator("main .replay").first()).toContainText(label.slice(0, 40));
    const ids = await page.locator(".rung").evaluateAll((all) => all.map((one) => one.id));
    expect([...ids].sort()).toEqual(rungs.map((rung) => rung.id).sort());
    for (const [status, count] of counted(rungs, (rung) => rung.status)) await expect(page.locator(`.rung[data-status=${status}]`)).toHaveCount(count);
    for (const [timing, count] of counted(rungs, (rung) => rung.timing ?? "none")) await expect(page.locator(`.rung[data-timing=${timing}]`)).toHaveCount(count);
    // Each bar says what it shows.
    const bars = page.locator(".time-bar");
    await expect(bars).toHaveCount(rungs.length);
    const said = await bars.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""));
    expect(said.filter((one) => !/\d.*;/.test(one))).toEqual([]);
    await expect(page.locator(".time-bar .window-line")).toHaveCount(window ? rungs.length : 0);
    await expect(page.locator(".record")).toHaveCount(log.length);
    if (log_head) await expect(page.locator("#log .log-head")).toContainText(log_head);
    await expectSound(page);
  });
}

test("a rung opens by keyboard, with its reasons, the cost of waiting and what is not checked", async ({ page }) => {
  const { rungs } = await api<Ladder>(page, `/ladder/${PLACE}`);
  await open(page, `/ladder/${PLACE}`);
  const rung = rungs.find((one) => one.legal_basis.some((cited) => !cited.checked)) ?? rungs[0]!;
  const line = page.locator(`#${rung.id}`);
  await line.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(line.locator(".rung-body")).toBeVisible();
  for (const text of [...rung.reasons, rung.waiting, ...rung.harm_checks.map((check) => check.text)]) await expect(line).toContainText(text.replaceAll("`", ""));
  const unchecked = [...rung.legal_basis, ...rung.precedents].filter((cited) => !cited.checked).length;
  await expect(line.locator(".unchecked")).toHaveCount(unchecked);
  await expectSound(page);
});

test("a filter sets rungs aside and names each of them", async ({ page }) => {
  const { rungs } = await api<Ladder>(page, `/ladder/${PLACE}`);
  await open(page, `/ladder/${PLACE}`);
  const status = rungs[0]!.status;
  await page.getByRole("combobox", { name: "Status", exact: true }).selectOption(status);
  await expect(page).toHaveURL(new RegExp(`status=${status}`));
  await expect(page.locator(".rung")).toHaveCount(rungs.filter((rung) => rung.status === status).length);
  const aside = (await page.locator(".aside").allTextContents()).join(" ");
  for (const rung of rungs.filter((one) => one.status !== status)) expect(aside).toContain(`${rung.id} `);
});

test("a step needs a role and a reason, and is sent as the record that it is", async ({ page }) => {
  const ladder = await api<Ladder>(page, `/ladder/${PLACE}`);
  const role = ladder.roles.find((one) => one.may.includes("propose"));
  await open(page, `/ladder/${PLACE}`);
  if (!ladder.writable || !role) {
    await expect(page.locator("#steps")).toContainText(ladder.read_only_because ?? "");
    await expect(page.locator("#steps form")).toHaveCount(0);
    return;
  }
  const sent: { header: string | undefined; body: unknown }[] = [];
  await page.route("**/api/v1/log", (route) => {
    const request = route.request();
    sent.push({ header: request.headers()["x-lysoen"], body: request.postDataJSON() });
    const { kind, by, place, option, reason, expires } = request.postDataJSON() as Record<string, string>;
    const entry = { number: 7, at: "2030-01-02T03:04:05Z", kind, by, place, option, reason, expires, organisation: "", role: "", place_name: "", trigger: null, answers: null, answer: null, outcome: null, hash: "c0ffee", state: "open" };
    return route.fulfill({ status: 201, json: entry });
  });
  const send = page.getByRole("button", { name: "Record the proposal" });
  await send.click();
  await expect(page.locator("[name=by]")).toBeFocused();
  await expect(page.locator("[name=by]")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#error-reason")).toBeVisible();
  expect(sent).toEqual([]);
  await expectSound(page);

  const option = ladder.rungs.find((rung) => role.tiers.includes(rung.tier))!;
  await page.locator(`#${option.id} summary`).click();
  await page.getByRole("button", { name: `Propose ${option.id}` }).click();
  await expect(page.locator("[name=by]")).toBeFocused();
  await expect(page.locator("[name=option]")).toHaveValue(option.id);
  await page.locator("[name=by]").selectOption(role.id);
  await page.locator("[name=reason]").fill("There is still time for it.");
  await page.locator("[name=expires]").fill("2030-03-01");
  await send.click();
  await expect(page.locator("#steps [role=status]")).toContainText("c0ffee");
  expect(sent).toEqual([{ header: "record", body: { kind: "propose", by: role.id, place: PLACE, option: option.id, reason: "There is still time for it.", expires: "2030-03-01" } }]);
});

for (const language of ["en", "fr"] as const) {
  test(`the brief stands on one sheet, and says nothing without a source (${language})`, async ({ page }) => {
    const ladder = await api<Ladder>(page, `/ladder/${PLACE}`);
    await open(page, `/ladder/${PLACE}/brief`, language);
    const sheet = page.locator(".sheet");
    const text = (await sheet.textContent()) ?? "";
    for (const rung of ladder.rungs) await expect(sheet.locator(`[data-rung=${rung.id}]`)).toHaveCount(1);
    if (ladder.label) expect(text).toContain(ladder.label.slice(0, 40));
    if (ladder.log_head) expect(text).toContain(ladder.log_head);
    const checked = ladder.rungs.flatMap((rung) => rung.legal_basis.filter((cited) => cited.checked).map((cited) => cited.text));
    const told = (await sheet.locator("[data-rung]").allTextContents()).join(" ");
    for (const cited of ladder.rungs.flatMap((rung) => rung.legal_basis).filter((one) => !one.checked)) {
      // One that is not checked may be the beginning of one that is.
      if (!checked.some((one) => one.includes(cited.text)) && !ladder.rungs.some((rung) => `${rung.title} ${rung.status_told}`.includes(cited.text))) expect(told).not.toContain(cited.text);
    }
    // Every sentence has its marks, and every mark is one of the sources at the foot.
    const sources = await sheet.locator(".sheet-sources li").count();
    const sentences = sheet.locator(".sheet-two li, [data-rung]");
    const marks = await sentences.evaluateAll((all) => all.map((one) => one.querySelector(".marks:last-of-type")?.textContent?.match(/\d+/g) ?? []));
    expect(marks.filter((numbers) => numbers.length === 0)).toEqual([]);
    expect(Math.max(...marks.flat().map(Number))).toBeLessThanOrEqual(sources);
    expect(Math.min(...marks.flat().map(Number))).toBeGreaterThan(0);
    await expectSound(page);

    await page.emulateMedia({ media: "print" });
    await expect(page.locator(".footer")).toBeHidden();
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });
}

test("the letters of the brief are of a size that can be read", async ({ page }) => {
  await open(page, `/ladder/${PLACE}/brief`);
  const size = await page.locator(".sheet").evaluate((sheet) => parseFloat((sheet as HTMLElement).style.getPropertyValue("--sheet-size")));
  expect(size).toBeGreaterThanOrEqual(6);
});

test("a place is found, and the ways between its pages are links", async ({ page }) => {
  await open(page, "/ladder");
  await page.locator("main").getByRole("combobox").fill("Ukra");
  await expect(page.locator("main").getByRole("option").first()).toContainText("UKR");
  await page.keyboard.press("Enter");
  await settled(page);
  await expect(page).toHaveURL(/\/ladder\/UKR/);
  await page.getByRole("link", { name: "Brief on one page" }).click();
  await settled(page);
  await expect(page).toHaveURL(/\/ladder\/UKR\/brief/);
  await page.getByRole("link", { name: "Back to the ladder" }).click();
  await settled(page);
  await page.getByRole("link", { name: "The place in figures" }).click();
  await settled(page);
  await page.getByRole("link", { name: "The ladder of options" }).click();
  await settled(page);
  await expect(page).toHaveURL(/\/ladder\/UKR$/);
});
