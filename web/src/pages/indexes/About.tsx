import { Told } from "../../parts/Told";
import { has, t } from "../../words";

/** What an index measures: in our words where the recipe is shipped, else in the recipe's own. */
export function About({ recipe, text }: { recipe: string; text: string }) {
  const id = `index-about-${recipe}`;
  return has(id) ? <>{t(id)}</> : <Told text={text} />;
}
