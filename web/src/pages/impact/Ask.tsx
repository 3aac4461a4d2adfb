import { useApi } from "../../api/client";
import { asCsv, type Asked, askPath, type Impact, type ImpactAnswer, impactPath } from "../../api/impact";
import { Heading } from "../../parts/Heading";
import { Failed, Loading } from "../../parts/States";
import { href, useRoute } from "../../router";
import { t } from "../../words";
import { Answer } from "./Answer";
import { AskForm } from "./AskForm";
import { askedOf } from "./say";
import "./impact.css";

/** An own question, and its answer once there is enough to ask with. */
export default function AskRoute() {
  const { query } = useRoute();
  const asked = askedOf(query);
  return <Of key={JSON.stringify(asked)} asked={asked} />;
}

function Of({ asked }: { asked: Asked }) {
  const isAsked = Boolean(asked.outcome && asked.place && asked.from);
  const path = askPath(asked);
  const api = useApi<ImpactAnswer>(isAsked ? path : null);
  const impact = useApi<Impact>(impactPath).data;
  const answer = api.state === "error" ? null : api.data;
  return (
    <>
      <Heading title={answer ? answer.title : t("impact-ask")}>{answer ? <span lang="en">{answer.title}</span> : t("impact-ask")}</Heading>
      <div class="controls">
        <a class="chip" href={href("/impact")}>
          {t("impact-to-all")}
        </a>
      </div>
      {impact && (
        <details class="impact-more impact-change" open={!isAsked || api.state === "error"}>
          <summary>{t(isAsked ? "impact-change-question" : "impact-ask")}</summary>
          <AskForm impact={impact} asked={asked} />
        </details>
      )}
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {isAsked && !answer && api.state !== "error" && (
        <>
          <p role="status">{t("impact-computing-answer")}</p>
          <Loading lines={12} />
        </>
      )}
      {answer && (
        <div aria-busy={api.state === "loading"}>
          <Answer answer={answer} json={path} csv={asCsv(path)} />
        </div>
      )}
    </>
  );
}
