import { render } from "preact";
import { App } from "./app";
import { startRouter } from "./router";
import { startTheme } from "./theme";
import { startWords } from "./words";
import "./style/base.css";
import "./style/frame.css";
import "./style/parts.css";
import "./style/print.css";

startTheme();
startRouter();
void startWords().then(() => render(<App />, document.getElementById("page")!));
