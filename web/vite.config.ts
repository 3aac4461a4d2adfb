import { defineConfig, type Plugin } from "vite";

const server = process.env.LYSOEN_SERVER ?? "http://127.0.0.1:8081";
// The server tells the addresses of its tiles by the host that it is asked by.
const proxy = Object.fromEntries(["/api", "/borders", "/tiles", "/ogc", "/healthz", "/readyz"].map((path) => [path, { target: server, changeOrigin: false }]));

/** A preview has the security policy of the server, so that what this would forbid is seen. */
const underPolicy: Plugin = {
  name: "under-policy",
  async configurePreviewServer(preview) {
    const policy = (await fetch(`${server}/healthz`)).headers.get("content-security-policy") ?? "";
    preview.middlewares.use((_, answer, next) => {
      answer.setHeader("content-security-policy", policy);
      next();
    });
  },
};

export default defineConfig({
  plugins: [underPolicy],
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
  server: { proxy },
  preview: { proxy },
});
