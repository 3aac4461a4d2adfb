import { useEffect, useState } from "preact/hooks";
import { type Api, ApiError, post, useApi } from "../../api/client";
import type { IndexAnswer } from "../../api/types";
import { parseWeights } from "./weights";

export interface Built {
  /** The index by the recipe's own weights. */
  own: Api<IndexAnswer>;
  /** The index by the weights asked for; while these are computed, the one before. */
  now: IndexAnswer | null;
  computing: boolean;
  error: ApiError | null;
}

/** The index by its own weights and, where others are asked for, by those. */
export function useBuilt(recipe: string, period: string, weights: string): Built {
  const path = `/api/v1/indices/${encodeURIComponent(recipe)}`;
  const own = useApi<IndexAnswer>(period ? `${path}?period=${encodeURIComponent(period)}` : path);
  const [built, setBuilt] = useState<{ key: string; answer: IndexAnswer | null; error: ApiError | null }>({ key: "", answer: null, error: null });
  const key = weights ? `${period} ${weights}` : "";
  useEffect(() => {
    if (!key) return setBuilt({ key, answer: null, error: null });
    const stop = new AbortController();
    const body = { weights: parseWeights(weights), ...(period && { period }) };
    post<IndexAnswer>(`${path}/build`, body, stop.signal).then(
      (answer) => stop.signal.aborted || setBuilt({ key, answer, error: null }),
      (error) =>
        stop.signal.aborted ||
        setBuilt((before) => ({ key, answer: before.answer, error: error instanceof ApiError ? error : new ApiError(0, "", String(error)) })),
    );
    return () => stop.abort();
  }, [path, key]);
  return { own, now: key ? (built.answer ?? own.data) : own.data, computing: built.key !== key || own.state === "loading", error: built.error };
}
