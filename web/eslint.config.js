import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "node_modules"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: { eqeqeq: "error", "prefer-const": "error", "no-console": "error" },
  },
  { files: ["scripts/**"], rules: { "no-console": "off" }, languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } } },
);
