import type { ComponentChildren } from "preact";
import type { Forecasts } from "../../api/types";
import { month, number } from "../../format";
import { Told } from "../../parts/Told";
import { has, t } from "../../words";

type CardOf = Forecasts["card"];

/** What the forecast is, and from what it was made. */
export function Card({ card }: { card: CardOf }) {
  const facts: [string, ComponentChildren][] = [
    ["counted", <Told key="counted" text={card.counted} />],
    ["level", <Told key="level" text={card.level} />],
    ["origin", month(card.origin)],
    ["months", number(card.months)],
    ["units", number(card.units)],
    ["seed", String(card.seed)],
    ["version", card.version],
  ];
  return (
    <section class="card-of">
      <h2>{t("card-title")}</h2>
      <dl class="facts">
        {facts.map(([id, said]) => (
          <div key={id}>
            <dt>{t(`card-${id}`)}</dt>
            <dd>{said}</dd>
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
              {t("card-abstained")} <Told text={why} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
