import { useApi } from "../../api/client";
import { asCsv, type ImpactAnswer, policyPath } from "../../api/impact";
import { Heading } from "../../parts/Heading";
import { Failed, Loading } from "../../parts/States";
import { href } from "../../router";
import type { PageProps } from "../../routes";
import { t } from "../../words";
import { Answer } from "./Answer";

/** A policy of the catalog: whether it protected people. */
export default function PolicyRoute({ params }: PageProps) {
  return <Of key={params.id} id={params.id ?? ""} />;
}

function Of({ id }: { id: string }) {
  const path = policyPath(id);
  const api = useApi<ImpactAnswer>(path);
  const answer = api.state === "error" ? null : api.data;
  return (
    <>
      <Heading title={answer ? answer.title : id}>{answer ? <span lang="en">{answer.title}</span> : id}</Heading>
      <div class="controls">
        <a class="chip" href={href("/impact")}>
          {t("impact-to-all")}
        </a>
      </div>
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {!answer && api.state !== "error" && <Loading lines={12} />}
      {answer && (
        <div aria-busy={api.state === "loading"}>
          <Answer answer={answer} json={path} csv={asCsv(path)} />
        </div>
      )}
    </>
  );
}
