import type { ComponentChildren } from "preact";
import type { Cited, Rung } from "../../api/types";
import { day, number } from "../../format";
import { Told } from "../../parts/Told";
import { has, t } from "../../words";
import { OptionTitle, timingWord } from "./Marks";

/** All that is known of a rung, when it is opened. */
export function RungBody({ rung, propose }: { rung: Rung; propose?: (option: string) => void }) {
  const { lead, latest_start: start } = rung;
  const facts: [string, ComponentChildren][] = [
    ["reasons", <Sentences key="r" all={rung.reasons} />],
    ["phase", <Phase key="p" rung={rung} />],
    ["actors", <English key="a" text={rung.actors.join("; ")} />],
    [
      "lead-time",
      <>
        <English text={lead.told} /> ({t("ladder-bar", { least: number(lead.least), most: number(lead.most) })}). <Timed rung={rung} />{" "}
        <span class="rung-estimate">
          {t("ladder-estimated")} <English text={lead.estimated_by} />, {day(lead.estimated_on)}
        </span>
      </>,
    ],
    ["latest", start.in_time || start.at_all ? <Latest key="l" start={start} /> : null],
    ["waiting", <Told key="w" text={rung.waiting} />],
    ["below", rung.below.length > 0 ? <Below key="b" below={rung.below} /> : null],
    ["harm", <Harm key="h" checks={rung.harm_checks} />],
    ["consent", rung.consent_needed_from.length > 0 ? <English key="c" text={rung.consent_needed_from.join(", ")} /> : null],
    ["prerequisites", rung.prerequisites.length > 0 ? <Sentences key="q" all={rung.prerequisites} /> : null],
    ["legal", rung.legal_basis.length > 0 ? <CitedList key="g" all={rung.legal_basis} /> : null],
    ["cost", <English key="o" text={rung.cost} />],
    ["finance", <English key="f" text={rung.finance_source} />],
    ["reversibility", has(`reversibility-${rung.reversibility}`) ? t(`reversibility-${rung.reversibility}`) : <English text={rung.reversibility} />],
    ["review", t("ladder-days", { count: rung.review_after_days })],
    ["exit", <English key="e" text={rung.exit_test} />],
    ["effect", <English key="x" text={rung.expected_effect_indicator} />],
    ["sharing", has(`sharing-${rung.sharing}`) ? t(`sharing-${rung.sharing}`) : <English text={rung.sharing} />],
    ["precedents", rung.precedents.length > 0 ? <CitedList key="d" all={rung.precedents} /> : null],
  ];
  return (
    <div class="rung-body">
      <p>
        <English text={rung.description} />
      </p>
      {propose && (
        <p class="controls">
          <button type="button" onClick={() => propose(rung.id)}>
            {t("ladder-propose-this", { id: rung.id })}
          </button>
        </p>
      )}
      <dl class="rung-facts">
        {facts
          .filter(([, said]) => said !== null)
          .map(([id, said]) => (
            <div key={id}>
              <dt>{t(`ladder-${id}`)}</dt>
              <dd>{said}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
}

function English({ text }: { text: string }) {
  return <span lang="en">{text}</span>;
}

function Sentences({ all }: { all: string[] }) {
  return (
    <ul>
      {all.map((one) => (
        <li key={one}>
          <Told text={one} />
        </li>
      ))}
    </ul>
  );
}

function Phase({ rung }: { rung: Rung }) {
  return (
    <>
      {rung.phase.map((one) => (has(`phase-${one}`) ? t(`phase-${one}`) : one)).join(", ")}
      {rung.fits_phase === null && <>. {t("ladder-phase-unknown")}</>}
      {rung.phase_told && (
        <>
          . <Told text={rung.phase_told} />
        </>
      )}
    </>
  );
}

function Latest({ start }: { start: Rung["latest_start"] }) {
  return (
    <>
      {start.in_time && <>{t("ladder-latest-in-time", { day: day(start.in_time) })} </>}
      {start.at_all && t("ladder-latest-at-all", { day: day(start.at_all) })}
    </>
  );
}

function Below({ below }: { below: Rung["below"] }) {
  return (
    <ul>
      {below.map((rung) => (
        <li key={rung.id}>
          <a href={`#${rung.id}`}>{rung.id}</a> <OptionTitle option={rung} /> ({<Told text={rung.status_told} />})
        </li>
      ))}
    </ul>
  );
}

function Harm({ checks }: { checks: Rung["harm_checks"] }) {
  return (
    <ul>
      {checks.map((check) => (
        <li key={check.text}>
          <English text={check.text} /> <b>{t(check.failed === null ? "harm-open" : check.failed ? "harm-failed" : "harm-passed")}</b>
          {check.because && (
            <>
              {t("colon")} <Told text={check.because} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The timing in a word, and what the server says of it beyond that. */
function Timed({ rung }: { rung: Rung }) {
  const more = rung.timing_told.replace(/^(in time|may arrive late|effect after this window)(: |$)/, "");
  return (
    <>
      {timingWord(rung.timing)}
      {more && rung.timing !== null && t("colon")} {more && <Told text={more} />}
    </>
  );
}

/** What nobody has looked up says so. */
function CitedList({ all }: { all: Cited[] }) {
  return (
    <ul>
      {all.map((one) => (
        <li key={one.text}>
          <English text={one.text} />
          {!one.checked && <em class="unchecked"> {t("ladder-unchecked")}</em>}
        </li>
      ))}
    </ul>
  );
}
