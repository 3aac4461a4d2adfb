import { defineConfig } from "@playwright/test";
import { BASE_URL, LAUNCH, PHONE, WIDE } from "./e2e/browser.mjs";

const phone = { viewport: PHONE, hasTouch: true };

/** Every page is tried wide and on a phone, light and dark. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/setup.ts",
  workers: 1,
  // A machine that does much else may be late once.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: { baseURL: BASE_URL, locale: "en", launchOptions: LAUNCH },
  projects: [
    { name: "wide, light", use: { viewport: WIDE, colorScheme: "light" } },
    { name: "wide, dark", use: { viewport: WIDE, colorScheme: "dark" } },
    { name: "phone, light", use: { ...phone, colorScheme: "light" } },
    { name: "phone, dark", use: { ...phone, colorScheme: "dark" } },
  ],
});
