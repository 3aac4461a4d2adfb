import type { ComponentChildren } from "preact";
import { ApiError } from "../api/client";
import { t } from "../words";

export function Loading({ lines = 4 }: { lines?: number }) {
  return (
    <div class="loading" role="status" aria-label={t("state-loading")}>
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} class="bone" />
      ))}
    </div>
  );
}

export function Empty({ children }: { children?: ComponentChildren }) {
  return <p class="empty">{children ?? t("state-empty")}</p>;
}

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { what, detail } = inWords(error);
  return (
    <div class="failed" role="alert">
      <p>
        <strong>{what}</strong>
      </p>
      {detail && <p lang="en">{detail}</p>}
      {retry && (
        <button type="button" onClick={retry}>
          {t("state-retry")}
        </button>
      )}
    </div>
  );
}

function inWords(error: unknown): { what: string; detail: string } {
  if (!(error instanceof ApiError)) return { what: t("state-failed-page"), detail: "" };
  if (error.status === 0) return { what: t("state-failed-network"), detail: "" };
  if (error.status === 404) return { what: t("state-failed-404"), detail: error.detail };
  if (error.status === 503) return { what: t("state-failed-503"), detail: error.detail };
  return { what: t("state-failed-other", { status: String(error.status), title: error.title }), detail: error.detail };
}
