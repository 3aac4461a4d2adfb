import { useEffect, useMemo } from "preact/hooks";
import { useApi } from "../../api/client";
import type { Method, Methods } from "../../api/types";
import { Heading } from "../../parts/Heading";
import { Failed, Loading } from "../../parts/States";
import { href } from "../../router";
import type { PageProps } from "../../routes";
import { t, useLanguage } from "../../words";
import { type Entry, prepare } from "./text";
import "./methods.css";

export default function MethodsPage({ params }: PageProps) {
  return params.id ? <Text key={params.id} id={params.id} /> : <List />;
}

function List() {
  const answer = useApi<Methods>("/api/v1/methods");
  return (
    <div class="prose">
      <Heading title={t("methods-title")} />
      <p class="lead">{t("methods-lead")}</p>
      {answer.state === "error" && <Failed error={answer.error} retry={answer.retry} />}
      {answer.state === "loading" && <Loading lines={8} />}
      <ul class="method-list" lang="en">
        {answer.data?.methods.map((method) => (
          <li key={method.id}>
            <a href={href(`/methods/${method.id}`)}>{plain(method.title)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Text({ id }: { id: string }) {
  const answer = useApi<Method>(`/api/v1/methods/${encodeURIComponent(id)}`);
  const text = useMemo(() => answer.data && prepare(answer.data.html), [answer.data]);
  const { language } = useLanguage();
  const title = answer.data ? plain(answer.data.title) : t("methods-title");
  useEffect(() => {
    const wanted = decodeURIComponent(window.location.hash.slice(1));
    if (text && wanted) document.getElementById(wanted)?.scrollIntoView();
  }, [text]);
  return (
    <>
      <p>
        <a href={href("/methods")}>← {t("methods-title")}</a>
      </p>
      <Heading title={title}>
        <span lang={answer.data ? "en" : undefined}>{title}</span>
      </Heading>
      {language !== "en" && <p class="note">{t("methods-english")}</p>}
      {answer.state === "error" && <Failed error={answer.error} retry={answer.retry} />}
      {answer.state === "loading" && <Loading lines={12} />}
      {text && (
        <div class="method">
          <Contents entries={text.entries} />
          <article class="prose" lang="en" dangerouslySetInnerHTML={{ __html: text.html }} />
        </div>
      )}
    </>
  );
}

/** A title as it stands in the text has marks of code. */
function plain(title: string): string {
  return title.replaceAll("`", "");
}

function Contents({ entries }: { entries: Entry[] }) {
  if (entries.length < 3) return null;
  return (
    <nav class="contents" aria-label={t("methods-contents")}>
      <details open={window.matchMedia("(min-width: 64rem)").matches}>
        <summary>{t("methods-contents")}</summary>
        <ul lang="en">
          {entries.map((entry) => (
            <li key={entry.id} class={entry.level === 3 ? "deeper" : undefined}>
              <a href={`#${entry.id}`}>{entry.title}</a>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  );
}
