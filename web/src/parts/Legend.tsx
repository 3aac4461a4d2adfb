import { number } from "../format";
import { language, t } from "../words";
import { NO_DATA, NONE_RECORDED, type Scale, styleColours } from "./colours";

/** What the colours mean; `of` are the limits between the classes. */
export function Legend({ scale, of, title, unit, least, hatched = true, none, reverse = false }: {
  scale: Scale;
  of: number[];
  title: string;
  unit: string;
  /** The smallest value that the first colour stands for, where it is known. */
  least?: number;
  hatched?: boolean;
  /** What the pale tone stands for, where it is used. */
  none?: string;
  /** Whether the strongest colour stands for the lowest values. */
  reverse?: boolean;
}) {
  const colours = styleColours(scale, of.length + 1);
  if (reverse) colours.reverse();
  return (
    <figure class="legend" aria-label={t("legend-label")}>
      <figcaption>
        <strong>{title}</strong>, {unit}
      </figcaption>
      <ol class="legend-scale">
        {colours.map((colour, at) => (
          <li key={colour}>
            <i style={{ background: colour }} />
            <span>{label(of, at, least)}</span>
          </li>
        ))}
      </ol>
      <ul class="legend-keys">
        {none && <Key colour={NONE_RECORDED} text={none} />}
        <Key colour={NO_DATA} text={t("legend-no-data")} />
        {hatched && (
          <li>
            <i class="hatched" />
            <span>{t("legend-hatched")}</span>
          </li>
        )}
      </ul>
    </figure>
  );
}

function Key({ colour, text }: { colour: string; text: string }) {
  return (
    <li>
      <i style={{ background: colour }} />
      <span>{text}</span>
    </li>
  );
}

function label(of: number[], at: number, least: number | undefined): string {
  const short = of.some((limit) => limit >= 100_000);
  const say = (value: number) => (short ? compact(value) : number(value, decimalsOf(value)));
  if (at === 0) return least === undefined ? `< ${say(of[0]!)}` : `${say(least)} – < ${say(of[0]!)}`;
  return `≥ ${say(of[at - 1]!)}`;
}

/** Six limits of seven digits do not fit below the colours on a phone. */
function compact(value: number): string {
  return new Intl.NumberFormat(language(), { notation: "compact", maximumSignificantDigits: 3 }).format(value);
}

function decimalsOf(value: number): number {
  return value >= 1 || value === 0 ? (Number.isInteger(value) ? 0 : 1) : Math.min(3, Math.ceil(-Math.log10(value)));
}
