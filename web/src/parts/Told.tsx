import { number, period } from "../format";
import { has, t } from "../words";

// A day, a month, a year, a number, or a source that is missing.
const VALUE = /(?<=imported: (?:[\w-]+ or )*|for \d{4} by )[a-z][\w-]*|\d{4}-\d{2}(?:-\d{2})?|\d[\d,]*(?:\.\d+)?/g;

/** The id by which a text of the server has words in another language, and what is counted, dated or named in it: `$a`, `$b` and so on. */
export function template(text: string): { id: string; args: Record<string, string> } {
  const values = text.match(VALUE) ?? [];
  const plain = text.replace(VALUE, " n ").toLowerCase();
  const words = plain.match(/[a-z]+/g) ?? [];
  return { id: `told-${words.join("-")}`, args: Object.fromEntries(values.map((value, at) => [String.fromCharCode(97 + at), inWords(value)])) };
}

// The server groups the digits of numbers, so that four in a row are a year.
function inWords(value: string): string {
  if (/^[a-z]/.test(value)) return value;
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
