import { defineConfig } from "vite";

const server = process.env.LYSOEN_SERVER ?? "http://127.0.0.1:8081";

export default defineConfig({
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  // The page's security policy allows neither inline scripts nor data: addresses for anything but pictures.
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    chunkSizeWarningLimit: 1200,
    // The map library stands apart by name, so that its size can be told apart.
    rollupOptions: { output: { manualChunks: (id) => (id.includes("node_modules/maplibre-gl") ? "maplibre" : undefined) } },
  },
  server: { proxy: Object.fromEntries(["/api", "/borders", "/tiles", "/ogc"].map((path) => [path, server])) },
});
