import { useState } from "preact/hooks";
import type { SourceNote } from "../api/types";
import { day } from "../format";
import { t } from "../words";

type Form = "csv" | "xlsx" | "parquet" | "arrow";

/** `path` is that of the API without an ending, such as `/api/v1/places/UKR`; `query` goes after the ending. */
export function Download({ path, query = "", forms = ["csv", "xlsx", "parquet"], sources, title }: {
  path: string;
  query?: string;
  forms?: Form[];
  sources: SourceNote[];
  title: string;
}) {
  return (
    <p class="download">
      <span>{t("download-label")}</span>
      {forms.map((form) => (
        <a key={form} class="chip" href={`${path}.${form}${query ? `?${query}` : ""}`} download>
          {form.toUpperCase()}
        </a>
      ))}
      <Cite title={title} sources={sources} />
    </p>
  );
}

/** Copies a citation: what was seen, its publishers as each wants to be cited, and the address. */
export function Cite({ title, sources }: { title: string; sources: SourceNote[] }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(citation(title, sources));
    setCopied(true);
    setTimeout(() => setCopied(false), 3000);
  };
  return (
    <>
      <button type="button" class="chip" onClick={() => void copy()}>
        {t("cite")}
      </button>
      <span role="status">{copied ? t("cite-copied") : ""}</span>
    </>
  );
}

export function citation(title: string, sources: SourceNote[]): string {
  const lines = sources.map((source) => `- ${source.citation} (${source.licence}${source.as_of ? `; ${day(source.as_of)}` : ""})`);
  return [t("cite-head", { title }), ...lines, window.location.href].join("\n");
}
