import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { ApiError, post, renew } from "../../api/client";
import type { Ladder, LogEntry, Rung } from "../../api/types";
import { day } from "../../format";
import { Told } from "../../parts/Told";
import { t } from "../../words";
import { answerable, answersOf, BLANK, daysAfter, type Draft, entryOf, type Field, fieldOf, fieldsOf, isNeeded, missing, rolesFor, STEPS, type Step } from "./draft";
import { optionTitle, TIERS } from "./Marks";
import { Head } from "./Timeline";

interface Props {
  ladder: Ladder;
  draft: Draft;
  setDraft: (draft: Draft) => void;
}

/** To propose, decide and act, in a role and with a reason; where nothing can be written, why. */
export function Steps({ ladder, draft, setDraft }: Props) {
  return (
    <section id="steps">
      <h2>{t("steps-title")}</h2>
      {ladder.writable ? (
        <Form key={ladder.place} ladder={ladder} draft={draft} setDraft={setDraft} />
      ) : (
        <p class="empty">{ladder.read_only_because ? <Told text={ladder.read_only_because} /> : t("steps-read-only")}</p>
      )}
    </section>
  );
}

type Errors = Partial<Record<Field | "all", { said: string; english?: boolean }>>;

function Form({ ladder, draft, setDraft }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const [written, setWritten] = useState<LogEntry | null>(null);
  const set = (field: Field, value: string) => {
    setErrors((now) => ({ ...now, [field]: undefined, all: undefined }));
    setDraft(changed(draft, field, value, ladder));
  };
  const choose = (kind: Step) => {
    setErrors({});
    setWritten(null);
    // What was written stays; what answers what, and who may, is another matter for each step.
    const by = rolesFor(ladder, kind).some((role) => role.id === draft.by) ? draft.by : "";
    setDraft({ ...draft, kind, by, answers: "", answer: "" });
  };
  const show = (found: Errors) => {
    setErrors(found);
    const first = fieldsOf(draft.kind).find((field) => found[field]);
    form.current?.querySelector<HTMLElement>(first ? `[name=${first}]` : "button.primary")?.focus();
  };
  const send = async () => {
    setWritten(null);
    const blank = missing(draft);
    if (blank.length) return show(Object.fromEntries(blank.map((field) => [field, { said: t(`field-missing-${field}`) }])));
    setBusy(true);
    try {
      const entry = await post<LogEntry>("/api/v1/log", entryOf(draft, ladder), undefined, { "x-lysoen": "record" });
      setWritten(entry);
      setErrors({});
      setDraft({ ...BLANK, kind: draft.kind, by: draft.by });
      renew();
    } catch (error) {
      show(told(error, draft.kind));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      ref={form}
      class="steps"
      noValidate
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="controls" role="group" aria-label={t("steps-kind")}>
        {STEPS.map((step) => (
          <button key={step} type="button" aria-pressed={draft.kind === step} onClick={() => choose(step)}>
            {t(`steps-${step}`)}
          </button>
        ))}
      </div>
      <p class="note">{t(`steps-about-${draft.kind}`)}</p>
      {fieldsOf(draft.kind).map((field) => (
        <Labelled key={field} field={field} step={draft.kind} error={errors[field]}>
          <Input field={field} draft={draft} ladder={ladder} set={set} bad={Boolean(errors[field])} />
        </Labelled>
      ))}
      {errors.all && (
        <p class="failed" role="alert">
          <ErrorWords error={errors.all} />
        </p>
      )}
      <p class="controls">
        <button type="submit" class="primary" disabled={busy}>
          {t(`steps-send-${draft.kind}`)}
        </button>
      </p>
      <div role="status">
        {written && (
          <>
            <p>
              <strong>{t("steps-written", { number: String(written.number), day: day(written.at) })}</strong>
            </p>
            <Head head={written.hash} />
          </>
        )}
      </div>
    </form>
  );
}

/** Another role may answer less, and another record is answered otherwise; a proposal is looked at again after the days of its option. */
function changed(draft: Draft, field: Field, value: string, ladder: Ladder): Draft {
  const next = { ...draft, [field]: value };
  const role = ladder.roles.find((one) => one.id === next.by);
  if (!answerable(ladder, next.kind, role).some((entry) => String(entry.number) === next.answers)) next.answers = "";
  if (!answersOf(next, ladder).includes(next.answer)) next.answer = "";
  if (field === "option") next.expires = reviewOf(ladder, value);
  return next;
}

/** The day on which a proposal made today is to be looked at again. */
export function reviewOf(ladder: Ladder, option: string): string {
  const rung = ladder.rungs.find((one) => one.id === option);
  return rung ? daysAfter(new Date().toISOString(), rung.review_after_days) : "";
}

/** What the server says, at the field that it names. */
function told(error: unknown, step: Step): Errors {
  if (!(error instanceof ApiError) || error.status === 0) return { all: { said: t("state-failed-network") } };
  return { [fieldOf(error.field, step)]: { said: error.detail || error.title, english: true } };
}

function ErrorWords({ error }: { error: { said: string; english?: boolean } }) {
  return error.english ? <Told text={error.said} /> : <>{error.said}</>;
}

function Labelled({ field, step, error, children }: { field: Field; step: Step; error: Errors[Field]; children: ComponentChildren }) {
  return (
    <div class="field-row">
      <label class="field">
        <span>
          {t(`field-${field}`)}
          {!isNeeded(step, field) && ` (${t("field-optional")})`}
        </span>
        {children}
      </label>
      {error && (
        <p class="field-error" id={`error-${field}`}>
          <ErrorWords error={error} />
        </p>
      )}
    </div>
  );
}

function Input({ field, draft, ladder, set, bad }: { field: Field; draft: Draft; ladder: Ladder; set: (field: Field, value: string) => void; bad: boolean }) {
  const props = {
    name: field,
    value: draft[field],
    "aria-invalid": bad,
    "aria-required": isNeeded(draft.kind, field),
    "aria-describedby": bad ? `error-${field}` : undefined,
  };
  const onChange = (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value);
  const role = ladder.roles.find((one) => one.id === draft.by);
  if (field === "reason" || field === "outcome") return <textarea {...props} rows={3} onInput={onChange} />;
  if (field === "expires") return <input {...props} type="date" onInput={onChange} />;
  return (
    <select {...props} onChange={onChange}>
      <option value="">{t("field-choose")}</option>
      {field === "by" &&
        rolesFor(ladder, draft.kind).map((one) => (
          <option key={one.id} value={one.id} lang="en">
            {one.title}, {one.organisation}
          </option>
        ))}
      {field === "option" &&
        TIERS.map((tier) => (
          <optgroup key={tier} label={t(`tier-${tier}`)}>
            {ladder.rungs
              .filter((rung) => rung.tier === tier)
              .map((rung) => (
                // What a role may not propose is named, and not to be chosen.
                <option key={rung.id} value={rung.id} disabled={role && !role.tiers.includes(tier)}>
                  {optionWords(rung)}
                </option>
              ))}
          </optgroup>
        ))}
      {field === "answers" &&
        answerable(ladder, draft.kind, role).map((entry) => (
          <option key={entry.number} value={String(entry.number)}>
            {entryWords(entry)}
          </option>
        ))}
      {field === "answer" &&
        answersOf(draft, ladder).map((answer) => (
          <option key={answer} value={answer}>
            {t(`log-answer-${answer}`)}
          </option>
        ))}
    </select>
  );
}

function optionWords(rung: Rung): string {
  return `${rung.id} ${optionTitle(rung)} (${t(`rung-status-${rung.status}`)})`;
}

function entryWords(entry: LogEntry): string {
  return `${t("log-number", { number: String(entry.number) })}, ${day(entry.at)}${t("colon")} ${t(`log-${entry.kind}`)} ${entry.option ?? entry.trigger ?? ""}`.trim();
}
