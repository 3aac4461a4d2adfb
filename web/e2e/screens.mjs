// Pictures of every page, to be looked at: node e2e/screens.mjs FOLDER [page ...]
import { mkdirSync } from "node:fs";
import { chromium } from "@playwright/test";
import { BASE_URL, LAUNCH, PHONE, untilReady, WIDE } from "./browser.mjs";

const [folder = "screens", ...wanted] = process.argv.slice(2);
const PAGES = {
  world: "/",
  place: "/place/UKR",
  compare: "/compare?places=UKR,SYR&measures=killed,displaced_in_country",
  forecasts: "/forecasts",
  warnings: "/warnings",
  ladder: "/ladder/UKR",
  brief: "/ladder/UKR/brief",
  agenda: "/agenda",
  instrument: "/agenda/instrument/apmbc",
  party: "/agenda/party/NOR",
  report: "/agenda/party/NOR/report",
  calendar: "/agenda/calendar",
  impact: "/impact",
  ask: "/impact/ask?outcome=killed&place=NPL&from=2006-11-21",
  indexes: "/index",
  index: "/index/human-security",
  data: "/data",
  source: "/data/ucdp-country-year",
  methods: "/methods",
  method: "/methods/people",
};
const SIZES = { 1440: WIDE, 390: PHONE };

await untilReady();
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch(LAUNCH);
for (const [size, viewport] of Object.entries(SIZES)) {
  for (const [language, scheme] of [["en", "light"], ["fr", "dark"]]) {
    const context = await browser.newContext({ viewport, colorScheme: scheme, locale: language, isMobile: size === "390", hasTouch: size === "390" });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(PAGES)) {
      if (wanted.length && !wanted.includes(name)) continue;
      await page.goto(BASE_URL + path, { waitUntil: "networkidle" });
      await page.screenshot({ path: `${folder}/${name}-${size}-${language}-${scheme}.png`, fullPage: true });
    }
    await context.close();
  }
}
await browser.close();
