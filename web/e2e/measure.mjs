// How soon the first view stands, and what it takes to get there: BASE_URL=… node e2e/measure.mjs
import { chromium } from "@playwright/test";
import { BASE_URL, LAUNCH, PHONE, untilReady } from "./browser.mjs";

const VIEWS = { "/": "a[data-shape]", "/place/UKR": ".key-figures .figure-value", "/index/human-security": ".explorer tbody tr", "/forecasts": "main tbody tr" };
const TIMES = 3;

await untilReady();
const browser = await chromium.launch(LAUNCH);

/** A visit of who was never here before: until what the page is for stands there, in ms; and what came over the line. */
async function visit(path, wanted, slower) {
  const context = await browser.newContext({ viewport: PHONE });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await devtools.send("Network.enable");
  const kinds = new Map();
  const bytes = { script: 0, all: 0 };
  devtools.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes.all += encodedDataLength;
    if (kinds.get(requestId) === "Script") bytes.script += encodedDataLength;
  });
  const start = performance.now();
  await page.goto(BASE_URL + path, { waitUntil: "commit" });
  await page.locator(wanted).first().waitFor();
  const ready = performance.now() - start;
  const painted = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0);
  await page.waitForLoadState("networkidle");
  await context.close();
  return { ready, painted, ...bytes };
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
console.log("page                    CPU   first paint  first view     scripts         all");
for (const [path, wanted] of Object.entries(VIEWS)) {
  for (const slower of [1, 4]) {
    const visits = [];
    for (let time = 0; time < TIMES; time++) visits.push(await visit(path, wanted, slower));
    const of = (key) => middle(visits.map((one) => one[key]));
    const cells = [`1/${slower}`.padStart(3), `${of("painted").toFixed(0)} ms`.padStart(12), `${of("ready").toFixed(0)} ms`.padStart(11), ...["script", "all"].map((key) => `${(of(key) / 1000).toFixed(1)} kB`.padStart(11))];
    console.log(path.padEnd(23), cells.join(" "));
  }
}
await browser.close();
