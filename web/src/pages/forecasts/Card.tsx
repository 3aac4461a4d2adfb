import type { Forecasts } from "../../api/types";
import { month, number } from "../../format";
import { has, t } from "../../words";

type CardOf = Forecasts["card"];

/** What the forecast is, and from what it was made. */
export function Card({ card }: { card: CardOf }) {
  const facts: [string, string, boolean][] = [
    ["counted", card.counted, true],
    ["level", card.level, true],
    ["origin", month(card.origin), false],
    ["months", number(card.months), false],
    ["units", number(card.units), false],
    ["seed", String(card.seed), false],
    ["version", card.version, false],
  ];
  return (
    <section class="card-of">
      <h2>{t("card-title")}</h2>
      <dl class="facts">
        {facts.map(([id, said, english]) => (
          <div key={id}>
            <dt>{t(`card-${id}`)}</dt>
            <dd lang={english ? "en" : undefined}>{said}</dd>
          </div>
        ))}
      </dl>
      <h3>{t("card-models")}</h3>
      <dl class="facts">
        {Object.entries(card.models).map(([model, said]) => (
          <div key={model}>
            <dt>
              <code>{model}</code>
            </dt>
            {has(`model-${model}`) ? <dd>{t(`model-${model}`)}</dd> : <dd lang="en">{said}</dd>}
          </div>
        ))}
        {Object.entries(card.abstained).map(([model, why]) => (
          <div key={model}>
            <dt>
              <code>{model}</code>
            </dt>
            <dd>
              {t("card-abstained")} <span lang="en">{why}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
