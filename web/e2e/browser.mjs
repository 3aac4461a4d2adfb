// What the tests and the scripts beside them share.

/** Where the page is served: the program itself, or a preview of the page before it. */
export const BASE_URL = process.env.BASE_URL ?? "http://127.0.0.1:8080";

/** The browser that is on this machine; none is ever downloaded. The map needs WebGL, here without a graphics card. */
export const LAUNCH = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
};

export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Waits until the server has computed everything; what it tells before then changes while one looks. */
export async function untilReady(minutes = 10) {
  for (let second = 0; second < minutes * 60; second++) {
    const status = await fetch(`${BASE_URL}/api/v1/status`).then(
      (answer) => answer.json(),
      () => null,
    );
    if (status?.state === "ready") return;
    await new Promise((done) => setTimeout(done, 1000));
  }
  throw new Error(`${BASE_URL} was not ready within ${minutes} minutes`);
}
