// Only the marks that the charts use, so that the rest of the library is not loaded. Add a name here where one is needed.
export { areaY, barX, dot, gridY, lineY, plot, pointerX, ruleX, ruleY, text, tickX, tip } from "@observablehq/plot";
