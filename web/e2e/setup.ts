import { untilReady } from "./browser.mjs";

export default () => untilReady();
