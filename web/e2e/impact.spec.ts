import type { Page } from "@playwright/test";
import type { Impact, ImpactAnswer, ImpactClass, ImpactOfPlace, PolicyBrief } from "../src/api/impact";
import type { Ladder, Places } from "../src/api/types";
import { api, expect, expectSound, go, open, settled, test } from "./lysoen";

/** Rows that the list shows before one asks for all. */
const FIRST = 40;

/** Headings come in order, none is left out. */
async function expectHeadings(page: Page) {
  const levels = await page.locator("main :is(h1, h2, h3, h4)").evaluateAll((all) => all.map((one) => Number(one.tagName[1])));
  expect(levels[0]).toBe(1);
  expect(levels.filter((level, at) => at > 0 && level > levels[at - 1]! + 1)).toEqual([]);
}

/** Each picture has words, and each table a caption. */
async function expectSaid(page: Page) {
  const pictures = await page.locator("main svg[role=img], main [role=group].forest").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""));
  expect(pictures.filter((label) => label.length < 15)).toEqual([]);
  const captions = await page.locator("main table").evaluateAll((all) => all.map((one) => one.querySelector("caption")?.textContent ?? ""));
  expect(captions.filter((caption) => caption === "")).toEqual([]);
}

async function answerOf(page: Page, policy: PolicyBrief): Promise<ImpactAnswer> {
  return api<ImpactAnswer>(page, `/impact/policies/${encodeURIComponent(policy.id)}`);
}

/** The first policies of the catalog, and of those one with a counterfactual, where there is one. */
async function someAnswers(page: Page): Promise<{ first: PolicyBrief; drawn: { policy: PolicyBrief; answer: ImpactAnswer } | null }> {
  const { policies } = await api<Impact>(page, "/impact");
  const inOrder = [...policies].sort((a, b) => Number(b.people !== null) - Number(a.people !== null));
  for (const policy of inOrder.slice(0, 10)) {
    const answer = await answerOf(page, policy);
    if (answer.examination?.fit) return { first: policies[0]!, drawn: { policy, answer } };
  }
  return { first: policies[0]!, drawn: null };
}

for (const language of ["en", "fr"] as const) {
  test(`the policies and classes stand with their verdicts, findings first (${language})`, async ({ page }) => {
    const { policies, classes } = await api<Impact>(page, "/impact");
    expect(policies.length).toBeGreaterThan(0);
    await open(page, "/impact", language);
    await expect(page.locator(".impact-answers dt")).toHaveCount(4);
    const rows = page.locator("#policies tbody tr");
    await expect(rows).toHaveCount(Math.min(FIRST, policies.length));
    if (policies.length > FIRST) await page.locator("#policies .controls button").click();
    await expect(rows).toHaveCount(policies.length);
    for (const word of ["fewer", "more", "none-larger", "cannot-be-told"] as const) {
      await expect(page.locator(`#policies tbody .verdict-mark.${word}`)).toHaveCount(policies.filter((policy) => policy.verdict?.word === word).length);
    }
    // No finding comes after what is none.
    const marks = await page.locator("#policies tbody .verdict-mark").evaluateAll((all) => all.map((one) => /fewer|more|none-larger/.test(one.className)));
    expect(marks).toEqual([...marks].sort((a, b) => Number(b) - Number(a)));
    const untold = policies.find((policy) => policy.verdict?.word === "cannot-be-told" && policy.verdict.reasons.length > 0);
    if (untold) await expect(page.locator(`#policies tr:has(a[href^="/impact/policy/${encodeURIComponent(untold.id)}"]) .under`).nth(1)).not.toBeEmpty();
    await expect(page.locator("#classes tbody tr")).toHaveCount(classes.length);
    await expectHeadings(page);
    await expectSaid(page);
    await expectSound(page);
  });
}

test("policies are filtered in the address, by keyboard too", async ({ page }) => {
  const { policies } = await api<Impact>(page, "/impact");
  await open(page, "/impact/ask");
  await go(page, "Impact");
  await settled(page);
  await expect(page.locator("h1")).toBeFocused();
  const one = policies[0]!;
  await page.locator("#policies").getByRole("combobox", { name: "Kind", exact: true }).selectOption(one.kind);
  await expect(page).toHaveURL(new RegExp(`kind=${one.kind}`));
  await page.locator("#policies").getByRole("combobox", { name: "Place", exact: true }).selectOption(one.place.code);
  await expect(page.locator("#policies tbody tr")).toHaveCount(policies.filter((policy) => policy.kind === one.kind && policy.place.code === one.place.code).length);
  await page.locator(`#policies a[href^="/impact/policy/${encodeURIComponent(one.id)}"]`).focus();
  await page.keyboard.press("Enter");
  await settled(page);
  await expect(page).toHaveURL(new RegExp("/impact/policy/"));
  await expect(page.locator("h1")).toBeFocused();
  await expect(page.locator("h1")).toContainText(one.title);
});

test("a policy shows its verdict first, with the reasons, and all that was checked", async ({ page }) => {
  const { first } = await someAnswers(page);
  const answer = await answerOf(page, first);
  await open(page, `/impact/policy/${encodeURIComponent(first.id)}`);
  const box = page.locator(".verdict");
  await expect(box).toHaveClass(new RegExp(answer.verdict.word));
  for (const text of [answer.verdict.sentence, ...answer.verdict.reasons]) await expect(box).toContainText(text.replaceAll("`", ""));
  await expect(page.locator("#checks tbody tr").filter({ has: page.locator(".holds") })).toHaveCount(answer.examination?.gates.checks.length ?? 0);
  await expect(page.locator("#checks .holds.not")).toHaveCount(answer.examination?.gates.checks.filter((check) => !check.holds).length ?? 0);
  if (answer.verdict.word === "cannot-be-told") await expect(page.locator(".impact-people")).toHaveCount(answer.examination?.fit && answer.examination.people ? 1 : 0);
  for (const caveat of answer.examination?.caveats ?? []) await expect(page.locator("#caveats")).toContainText(caveat.replaceAll("`", ""));
  await expectHeadings(page);
  await expectSaid(page);
  await expectSound(page);
});

test("what a policy is held against is drawn, told in tables, downloaded and printed", async ({ page }) => {
  const { drawn } = await someAnswers(page);
  expect(drawn, "a policy with a counterfactual").not.toBeNull();
  const { policy, answer } = drawn!;
  const of = answer.examination!;
  await open(page, `/impact/policy/${encodeURIComponent(policy.id)}`);
  await expect(page.locator("#course svg[role=img] .series-line")).toHaveCount(2);
  await expect(page.locator("#course svg[role=img] .began")).toHaveCount(1);
  await expect(page.locator("#course svg[role=img] .aside-band")).toHaveCount(answer.set_aside.length);
  await expect(page.locator("#gap svg[role=img] .band-90")).not.toHaveCount(of.space ? 0 : 99);
  const course = page.locator("#course .as-table");
  await course.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(course.locator("tbody tr")).toHaveCount(of.times.length);
  if (of.space) {
    await page.locator("#space .as-table summary").click();
    await expect(page.locator("#space tbody tr")).toHaveCount(of.space.donors.length);
    await expect(page.locator("#space figcaption")).toContainText(String(of.space.of));
  }
  await expect(page.locator("#methods tbody tr")).toHaveCount(of.others.length);
  const csv = await page.locator(".download a", { hasText: "CSV" }).getAttribute("href");
  const rows = await (await page.request.get(csv!)).text();
  // Lines of the citation come first.
  const heading = rows.split(/\r?\n/).find((line) => !/^"?#/.test(line));
  expect(heading).toBe("kind,name,time,value,low,high");
  await expectHeadings(page);
  await expectSaid(page);
  await expectSound(page);

  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 718, height: 1047 });
  await expect(page.locator(".header")).toBeHidden();
  await expect(page.locator(".footer")).toBeHidden();
  await expect(page.locator(".verdict")).toBeVisible();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways, "pixels that the paper is too narrow").toBeLessThanOrEqual(0);
});

test("an own question needs a place and a day, and is answered at an address of its own", async ({ page }) => {
  const { policies, outcomes } = await api<Impact>(page, "/impact");
  const outcome = (outcomes.find((one) => one.id === "killed") ?? outcomes[0]!).id;
  const policy = policies.find((one) => one.people !== null) ?? policies[0]!;
  await open(page, "/impact");
  const form = page.locator("#ask form");
  await form.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(form.locator("[role=alert]")).toHaveCount(2);
  await expect(form.getByRole("combobox", { name: "Find the place" })).toBeFocused();
  await expectSound(page);
  await page.keyboard.type(policy.place.code);
  await page.keyboard.press("Enter");
  await expect(form.locator("[data-field=place] button")).toBeVisible();
  await form.locator("[name=outcome]").selectOption(outcome);
  await form.locator("[name=from]").fill(policy.date.length === 10 ? policy.date : `${policy.date.slice(0, 4)}-01-01`);
  await form.locator("[name=margin]").fill("25");
  await form.locator("[name=because_of_harm]").check();
  await form.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page).toHaveURL(/\/impact\/ask\?/);
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({ outcome, place: policy.place.code, by: "year", margin: "0.25", because_of_harm: "true" });
  await expect(page.locator(".verdict")).toBeVisible({ timeout: 60_000 });
  await settled(page);
  await expectSound(page);
});

test("a class shows every case: those together, and those without an answer with their reasons", async ({ page }) => {
  const { classes } = await api<Impact>(page, "/impact");
  expect(classes.length).toBeGreaterThan(0);
  const brief = classes.find((one) => (one.answered ?? 0) > 0) ?? classes[0]!;
  const told = await api<ImpactClass>(page, `/impact/classes/${encodeURIComponent(brief.id)}`);
  await open(page, "/impact");
  await page.locator(`#classes a[href^="/impact/class/${encodeURIComponent(brief.id)}"]`).click();
  await settled(page);
  const primary = told.outcomes.find((outcome) => outcome.primary) ?? told.outcomes[0];
  if (primary) await expect(page.locator(".verdict")).toContainText(primary.verdict.sentence);
  await expect(page.locator("#outcomes tbody tr")).toHaveCount(told.outcomes.length);
  const answered = told.cases.filter((one) => one.answered && one.effect !== null).length;
  if (primary) await expect(page.locator("#cases .forest li")).toHaveCount(answered + (primary.pooled ? 1 : 0));
  const open_ = told.cases.filter((one) => !one.answered);
  if (open_.length > 0) {
    await expect(page.locator("#unanswered > p")).toContainText(String(open_.length));
    await expect(page.locator("#unanswered li")).toHaveCount(new Set(open_.map((one) => one.why_not ?? "")).size);
  }
  await expectHeadings(page);
  await expectSaid(page);
  await expectSound(page);
});

test("a place's page lists its policies, and leads to each", async ({ page }) => {
  const { policies } = await api<Impact>(page, "/impact");
  const { places } = await api<Places>(page, "/places");
  const hasPage = new Set(places.filter((place) => place.figures && place.kind === "country").map((place) => place.place));
  const { code } = policies.find((policy) => hasPage.has(policy.place.code))!.place;
  const told = await api<ImpactOfPlace>(page, `/impact/places/${code}`);
  expect(told.policies.length).toBeGreaterThan(0);
  await open(page, `/place/${code}`);
  await expect(page.locator("#policies tbody tr")).toHaveCount(told.policies.length);
  await expect(page.locator(".place-contents a[href='#policies']")).toHaveCount(1);
  await expectSound(page);
  await page.locator("#policies tbody a").first().click();
  await settled(page);
  await expect(page).toHaveURL(/\/impact\/policy\//);
  await expect(page.locator(".verdict")).toBeVisible();
});

test("an act in the log leads to the question whether it protected people", async ({ page }) => {
  const ladder = await api<Ladder>(page, "/ladder/UKR");
  const act = { number: 9001, at: "2023-05-06T07:08:09Z", kind: "act", by: "desk", organisation: "", role: "", place: "UKR", place_name: "Ukraine", trigger: null, option: ladder.rungs[0]?.id ?? null, answers: null, answer: null, reason: "It was in time.", outcome: null, expires: null, hash: "c0ffee", state: "under way" };
  await page.route("**/api/v1/ladder/UKR", (route) => route.fulfill({ json: { ...ladder, log: [act] } }));
  await open(page, "/ladder/UKR");
  const link = page.locator("#record-9001").getByRole("link", { name: "Did it protect people?" });
  const asked = new URL((await link.getAttribute("href"))!, "http://x");
  expect(asked.pathname).toBe("/impact/ask");
  expect(Object.fromEntries(asked.searchParams)).toEqual({ outcome: "killed", place: "UKR", from: "2023-05-06", by: "month", because_of_harm: "true" });
});
