import { number, period } from "../format";
import { has, t } from "../words";

// A day, a month, a year or a number.
const NUMBER = /\d{4}-\d{2}(?:-\d{2})?|\d[\d,]*(?:\.\d+)?/g;

/** The id by which a text of the server has words in another language, and what is counted or dated in it: `$a`, `$b` and so on. */
export function template(text: string): { id: string; args: Record<string, string> } {
  const values = text.match(NUMBER) ?? [];
  const plain = text.replace(NUMBER, " n ").toLowerCase();
  const words = plain.match(/[a-z]+/g) ?? [];
  return { id: `told-${words.join("-")}`, args: Object.fromEntries(values.map((value, at) => [String.fromCharCode(97 + at), inDigits(value)])) };
}

// The server groups the digits of numbers, so that four in a row are a year.
function inDigits(value: string): string {
  if (/^\d{4}(-|$)/.test(value)) return period(value);
  return number(Number(value.replaceAll(",", "")), value.split(".")[1]?.length ?? 0);
}

/** A text of the server: in the language of the day where it has words for it, else in English. What stands between back-ticks is code. */
export function Told({ text }: { text: string }) {
  const { id, args } = template(text);
  if (has(id)) return <span>{t(id, args)}</span>;
  return <span lang="en">{text.split("`").map((part, at) => (at % 2 ? <code key={at}>{part}</code> : part))}</span>;
}

/** The first sentence of such a text; the rest opens below it. */
export function FirstOf({ text }: { text: string }) {
  const [, first = text, rest = ""] = /^(.+?(?:\.(?=\s)|$))\s*([\s\S]*)$/m.exec(text) ?? [];
  return (
    <>
      <Told text={first} />
      {rest && (
        <details>
          <summary>{t("read-more")}</summary>
          <ul class="notes">
            {rest.split("\n").map((line) => (
              <li key={line}>
                <Told text={line.trim()} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
