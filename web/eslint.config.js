import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "node_modules", "test-results"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: { eqeqeq: "error", "prefer-const": "error", "no-console": "error" },
  },
  {
    files: ["scripts/**", "e2e/*.mjs"],
    rules: { "no-console": "off" },
    languageOptions: { globals: Object.fromEntries(["console", "document", "fetch", "performance", "process", "setTimeout", "URL"].map((name) => [name, "readonly"])) },
  },
);
