import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Asked, Impact } from "../../api/impact";
import { Picker } from "../../parts/Picker";
import { navigate } from "../../router";
import { t } from "../../words";
import { outcomeName, useNames } from "./Common";
import { kindsOf, kindTitle, methodTitle } from "./say";

type Missing = "place" | "from" | "until" | "margin";

/** An own question. What is asked goes into the address, so that it can be sent and kept. */
export function AskForm({ impact, asked }: { impact: Impact; asked: Asked }) {
  const [draft, setDraft] = useState<Asked>({ outcome: impact.outcomes[0]?.id, by: "year", ...asked });
  const [missing, setMissing] = useState<Missing[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const nameOf = useNames();
  const set = (key: keyof Asked, value: string) => setDraft((before) => ({ ...before, [key]: value }));
  const outcome = impact.outcomes.find((one) => one.id === draft.outcome);
  const byMonth = outcome?.months ?? true;
  const donors = (draft.donors ?? "").split(",").filter(Boolean);
  const send = () => {
    const wrong = wrongIn(draft);
    setMissing(wrong);
    if (wrong[0]) form.current?.querySelector<HTMLElement>(`[data-field=${wrong[0]}] input`)?.focus();
    else navigate("/impact/ask", { ...draft, by: byMonth ? draft.by : "year" });
  };
  const chip = (code: string, drop: () => void) => (
    <button key={code} type="button" class="chip" onClick={drop} aria-label={t("impact-without", { name: nameOf({ code, name: code }) })}>
      {nameOf({ code, name: code })} ✕
    </button>
  );
  return (
    <form
      ref={form}
      class="impact-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Row>
        <label class="field">
          {t("impact-outcome")}
          <select name="outcome" value={draft.outcome} onChange={(event) => set("outcome", event.currentTarget.value)}>
            {impact.outcomes.map((one) => (
              <option key={one.id} value={one.id}>
                {outcomeName(one)}
              </option>
            ))}
          </select>
        </label>
      </Row>
      <Row field="place" error={missing.includes("place") ? t("impact-needs-place") : null}>
        <span class="field">{t("impact-place")}</span>
        <div class="controls">
          {draft.place ? chip(draft.place, () => set("place", "")) : <Picker label={t("impact-find-place")} onPick={(place) => set("place", place)} />}
        </div>
      </Row>
      <Row field="from" error={missing.includes("from") ? t("impact-needs-from") : null}>
        <label class="field">
          {t("impact-from")}
          <input name="from" type="date" value={draft.from} aria-required aria-invalid={missing.includes("from")} onInput={(event) => set("from", event.currentTarget.value)} />
        </label>
      </Row>
      <Row field="until" error={missing.includes("until") ? t("impact-needs-until") : null}>
        <label class="field">
          {t("impact-until")}
          <input name="until" type="date" value={draft.until} aria-invalid={missing.includes("until")} onInput={(event) => set("until", event.currentTarget.value)} />
        </label>
      </Row>
      <Row>
        <label class="field">
          {t("impact-by")}
          <select name="by" value={byMonth ? draft.by : "year"} onChange={(event) => set("by", event.currentTarget.value)}>
            <option value="year">{t("impact-by-year")}</option>
            {byMonth && <option value="month">{t("impact-by-month")}</option>}
          </select>
        </label>
      </Row>
      <Row>
        <label class="field">
          {t("impact-method")}
          <select name="method" value={draft.method ?? ""} onChange={(event) => set("method", event.currentTarget.value)}>
            <option value="">{t("impact-method-usual")}</option>
            {impact.methods.map((one) => (
              <option key={one.id} value={one.id}>
                {methodTitle(one.id)}
              </option>
            ))}
          </select>
        </label>
      </Row>
      <Row>
        <label class="field">
          {t("impact-kind-of-own")}
          <select name="kind" value={draft.kind ?? ""} onChange={(event) => set("kind", event.currentTarget.value)}>
            <option value="">{t("impact-kind-any")}</option>
            {kindsOf(impact.policies).map((one) => (
              <option key={one.id} value={one.id}>
                {kindTitle({ kind: one.id, kind_title: one.title })}
              </option>
            ))}
          </select>
        </label>
      </Row>
      <Row field="margin" error={missing.includes("margin") ? t("impact-needs-margin") : null}>
        <label class="field">
          {t("impact-margin")}
          <input
            name="margin"
            type="number"
            min="1"
            max="100"
            step="1"
            value={draft.margin ? String(Math.round(Number(draft.margin) * 100)) : ""}
            aria-invalid={missing.includes("margin")}
            onInput={(event) => set("margin", shareOf(event.currentTarget.value))}
          />
        </label>
      </Row>
      <Row wide>
        <span class="field">{t("impact-own-donors")}</span>
        <div class="controls">
          {donors.map((code) => chip(code, () => set("donors", donors.filter((one) => one !== code).join(","))))}
          <Picker label={t("impact-find-donor")} without={[...donors, draft.place ?? ""]} onPick={(place) => set("donors", [...donors, place].join(","))} />
        </div>
      </Row>
      <Row wide>
        <label class="tick">
          <input name="because_of_harm" type="checkbox" checked={draft.because_of_harm === "true"} onChange={(event) => set("because_of_harm", event.currentTarget.checked ? "true" : "")} />
          {t("impact-because-of-harm-ask")}
        </label>
      </Row>
      <p class="controls wide">
        <button type="submit" class="primary">
          {t("impact-send")}
        </button>
      </p>
    </form>
  );
}

function Row({ field, error = null, wide = false, children }: { field?: Missing; error?: string | null; wide?: boolean; children: ComponentChildren }) {
  return (
    <div class={wide ? "impact-row wide" : "impact-row"} data-field={field}>
      {children}
      {error && (
        <p class="impact-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** What a question cannot do without, or is wrong in it. */
export function wrongIn(draft: Asked): Missing[] {
  const wrong: Missing[] = [];
  if (!draft.place) wrong.push("place");
  if (!draft.from) wrong.push("from");
  if (draft.from && draft.until && draft.until <= draft.from) wrong.push("until");
  if (draft.margin && !(Number(draft.margin) > 0 && Number(draft.margin) <= 1)) wrong.push("margin");
  return wrong;
}

/** Per cent as the share that is asked with. */
export function shareOf(percent: string): string {
  return percent === "" ? "" : String(Number(percent) / 100);
}
