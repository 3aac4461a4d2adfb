import { useCallback, useEffect, useState } from "preact/hooks";
import type { Problem } from "./types";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    /** The field of what was sent that it is about. */
    readonly field = "",
  ) {
    super(detail || title);
  }
}

const cache = new Map<string, unknown>();

/** The answer at a path of the server, such as `/api/v1/places`. Answers are kept until the page is left. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  if (cache.has(path)) return cache.get(path) as T;
  const answer = await ask(path, { signal, headers: { accept: "application/json" } });
  const data = (await answer.json()) as T;
  cache.set(path, data);
  return data;
}

export async function post<T>(path: string, body: unknown, signal?: AbortSignal, more: Record<string, string> = {}): Promise<T> {
  const headers = { "content-type": "application/json", accept: "application/json", ...more };
  const answer = await ask(path, { method: "POST", body: JSON.stringify(body), signal, headers });
  return (await answer.json()) as T;
}

/** Makes the next `get` of the path ask the server again. */
export function forget(path: string) {
  cache.delete(path);
}

const renewals = new Set<() => void>();

/** Everything that was answered may have changed: what is on the page is asked for again, and stays until it comes. */
export function renew() {
  cache.clear();
  renewals.forEach((renewal) => renewal());
}

function useRenewals(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const renewal = () => setCount((before) => before + 1);
    renewals.add(renewal);
    return () => void renewals.delete(renewal);
  }, []);
  return count;
}

/** One retry where the server says that it is still computing and when to come back. */
async function ask(path: string, request: RequestInit): Promise<Response> {
  const first = await reach(path, request);
  if (first.ok) return first;
  if (first.status !== 503) throw await problem(first);
  await pause(secondsToWait(first), request.signal ?? undefined);
  const second = await reach(path, request);
  if (second.ok) return second;
  throw await problem(second);
}

async function reach(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(path, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new ApiError(0, "", "");
  }
}

function secondsToWait(answer: Response): number {
  const said = Number(answer.headers.get("retry-after"));
  return Number.isFinite(said) && said > 0 ? Math.min(said, 30) : 2;
}

function pause(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(done, seconds * 1000);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      fail(signal.reason);
    });
  });
}

async function problem(answer: Response): Promise<ApiError> {
  const isJson = (answer.headers.get("content-type") ?? "").includes("json");
  const said = isJson ? ((await answer.json().catch(() => null)) as Problem | null) : null;
  return new ApiError(answer.status, said?.title ?? answer.statusText, said?.detail ?? "", said?.field);
}

export type Api<T> =
  | { state: "loading"; data: T | null; error: null; retry: () => void }
  | { state: "ready"; data: T; error: null; retry: () => void }
  | { state: "error"; data: T | null; error: ApiError; retry: () => void };

type Held<T> = { path: string | null; data: T | null; error: ApiError | null };

/**
 * The answer at a path, as a page needs it. While another path loads, `data` holds the answer before (with state
 * "loading"), so that a slider does not make the page blink. A null path asks nothing and stays loading.
 */
export function useApi<T>(path: string | null): Api<T> {
  const [held, setHeld] = useState<Held<T>>(() => ({ path, data: path ? ((cache.get(path) as T) ?? null) : null, error: null }));
  const [attempt, setAttempt] = useState(0);
  const renewed = useRenewals();
  useEffect(() => {
    if (!path) return;
    const stop = new AbortController();
    get<T>(path, stop.signal).then(
      (data) => stop.signal.aborted || setHeld({ path, data, error: null }),
      (error) => stop.signal.aborted || setHeld((before) => ({ path, data: before.data, error: asApiError(error) })),
    );
    return () => stop.abort();
  }, [path, attempt, renewed]);
  const retry = useCallback(() => {
    setHeld((before) => ({ ...before, path: null, error: null }));
    setAttempt((n) => n + 1);
  }, []);

  const kept = path ? (cache.get(path) as T | undefined) : undefined;
  if (kept !== undefined) return { state: "ready", data: kept, error: null, retry };
  if (held.path === path && held.data && !held.error) return { state: "ready", data: held.data, error: null, retry };
  if (held.path !== path || path === null) return { state: "loading", data: held.data, error: null, retry };
  if (held.error) return { state: "error", data: held.data, error: held.error, retry };
  return { state: "loading", data: held.data, error: null, retry };
}

/** Several answers at once; those that failed stand apart. The same paths give the same answers, in their order. */
export function useApis<T>(paths: string[]): { answers: T[]; failed: { path: string; error: ApiError }[]; loading: boolean } {
  const key = paths.join(" ");
  const renewed = useRenewals();
  const [held, setHeld] = useState<{ key: string; settled: PromiseSettledResult<T>[] }>({ key: "", settled: [] });
  useEffect(() => {
    const stop = new AbortController();
    void Promise.allSettled(paths.map((path) => get<T>(path, stop.signal))).then((settled) => stop.signal.aborted || setHeld({ key, settled }));
    return () => stop.abort();
  }, [key, renewed]);
  const answers = held.settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = held.settled.flatMap((one, at) => (one.status === "rejected" ? [{ path: held.key.split(" ")[at]!, error: asApiError(one.reason) }] : []));
  return { answers, failed, loading: held.key !== key };
}

function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, "", String(error));
}
