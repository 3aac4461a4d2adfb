import { useApi } from "../../api/client";
import type { Indices } from "../../api/types";
import { Heading } from "../../parts/Heading";
import { Empty, Failed, Loading } from "../../parts/States";
import { FirstOf } from "../../parts/Told";
import { href } from "../../router";
import type { PageProps } from "../../routes";
import { indexName, t } from "../../words";
import { About } from "./About";
import { Explorer } from "./Explorer";
import "../shared.css";
import "./indexes.css";

export default function IndexesPage({ params }: PageProps) {
  // Another recipe has other weights: nothing of the one before may stay.
  return params.recipe ? <Explorer key={params.recipe} recipe={params.recipe} /> : <Recipes />;
}

function Recipes() {
  const api = useApi<Indices>("/api/v1/indices");
  return (
    <>
      <Heading title={t("indexes-title")} />
      <p class="lead">{t("index-trades")}</p>
      {api.state === "error" && <Failed error={api.error} retry={api.retry} />}
      {api.state === "loading" && <Loading />}
      {api.state === "ready" && api.data.recipes.length === 0 && <Empty />}
      <ul class="recipes">
        {(api.data?.recipes ?? []).map((recipe) => (
          <li key={recipe.id}>
            <h2>
              {recipe.built ? <a href={href(`/index/${recipe.id}`)}>{indexName(recipe.id, recipe.title)}</a> : indexName(recipe.id, recipe.title)}{" "}
              <code>{recipe.id}</code>
            </h2>
            <p>
              <About recipe={recipe.id} text={recipe.description} />
            </p>
            {recipe.why_not && (
              <div class="note">
                {t("indexes-not-built")} <FirstOf text={recipe.why_not} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <p>
        <a href={href("/methods/recipes")}>{t("indexes-own")}</a>
      </p>
    </>
  );
}
