import type { Flow } from "../../api/types";
import { BarList } from "../../charts/BarList";
import { number, period } from "../../format";
import { href } from "../../router";
import { usePlaces } from "../../parts/Picker";
import { placeName, t } from "../../words";
import type { Page } from "./about";
import { From, Section } from "./Section";

/** Where people from here went, and where people here came from. */
export function Displacement({ page }: { page: Page }) {
  const { flows } = page.answer;
  if (!flows || flows.out.length + flows.in.length === 0) return null;
  return (
    <Section id="displacement" title={t("place-displacement")} wide>
      <div class="two">
        <Direction title={t("place-flows-out")} none={t("place-flows-none")} flows={flows.out} />
        <Direction title={t("place-flows-in")} none={t("place-flows-none")} flows={flows.in} />
      </div>
      <From of={[{ id: flows.source, as_of: flows.as_of }]} titles={page.answer.sources}>
        {t("place-flows-note", { period: period(flows.period) })}
      </From>
    </Section>
  );
}

function Direction({ title, none, flows }: { title: string; none: string; flows: Flow[] }) {
  const places = usePlaces();
  const name = (flow: Flow) => {
    if (flow.place === null) return t("place-flows-others");
    const place = places.get(flow.place);
    return place ? <a href={href(`/place/${flow.place}`)}>{placeName(place)}</a> : placeName({ place: flow.place, name: flow.name });
  };
  return (
    <div>
      <h3>{title}</h3>
      {flows.length === 0 && <p class="note">{none}</p>}
      <BarList
        items={flows.map((flow) => ({
          id: flow.place ?? "others",
          title: name(flow),
          value: flow.people,
          said: number(flow.people),
          muted: flow.place === null,
        }))}
      />
    </div>
  );
}
