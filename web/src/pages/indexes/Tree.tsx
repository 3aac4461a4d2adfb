import type { IndexAnswer } from "../../api/types";
import { number, percent } from "../../format";
import { href } from "../../router";
import { t } from "../../words";
import { largest, nest, type Nested, ownWeight, type Weights } from "./weights";

interface TreeProps {
  own: IndexAnswer;
  now: IndexAnswer;
  draft: Weights;
  setDraft: (weights: Weights) => void;
}

/**
 * The parts of the index, each with its weight and its share among the parts beside it. On a small screen it is
 * closed at first, or the ranks would be far below.
 */
export function Tree(props: TreeProps) {
  return (
    <details class="tree" open={window.matchMedia("(min-width: 80rem)").matches}>
      <summary>
        <h2>{t("indexes-tree")}</h2>
      </summary>
      <p class="note">{t("indexes-tree-note")}</p>
      <Parts nested={nest(props.own.tree)} {...props} />
    </details>
  );
}

function Parts({ nested, ...props }: TreeProps & { nested: Nested[] }) {
  return (
    <ul>
      {nested.map((one) => (
        <li key={one.at}>
          <NodeRow nested={one} {...props} />
          {one.parts.length > 0 && <Parts nested={one.parts} {...props} />}
        </li>
      ))}
    </ul>
  );
}

function NodeRow({ nested, own, now, draft, setDraft }: TreeProps & { nested: Nested }) {
  const { node, at } = nested;
  const share = now.tree[at]?.share ?? node.share;
  const set = (value: number) => Number.isFinite(value) && value >= 0 && setDraft(without({ ...draft, [node.id]: value }, own));
  return (
    <div class="node">
      <span class="node-title" lang="en">
        {node.title}
        {node.source && (
          <small>
            {" "}
            <a href={href(`/data/${node.source}`)} title={own.sources.find((source) => source.id === node.source)?.title}>
              {node.source}
            </a>
          </small>
        )}
      </span>
      <span class="node-share num">{node.depth > 0 && percent(share, 1)}</span>
      {node.adjustable && <Weight id={node.id} title={node.title} own={ownWeight(node)} value={draft[node.id] ?? ownWeight(node)} set={set} />}
    </div>
  );
}

// A weight set back to the recipe's own is no change.
function without(draft: Weights, own: IndexAnswer): Weights {
  const kept = own.tree.filter((node) => draft[node.id] !== undefined && Math.abs(draft[node.id]! - ownWeight(node)) >= 0.0006);
  return Object.fromEntries(kept.map((node) => [node.id, draft[node.id]!]));
}

function Weight({ id, title, own, value, set }: { id: string; title: string; own: number; value: number; set: (value: number) => void }) {
  const max = largest(own);
  const changed = Math.abs(value - own) >= 0.0006;
  const label = t("indexes-weight-of", { title });
  return (
    <span class={changed ? "node-weight changed" : "node-weight"}>
      <input
        type="range"
        aria-label={label}
        min={0}
        max={max}
        step={max / 100}
        value={value}
        onInput={(event) => set(Number(event.currentTarget.value))}
      />
      <input
        type="number"
        id={`weight-${id}`}
        aria-label={`${label} (${t("indexes-own-weight", { weight: number(own, 3) })})`}
        min={0}
        step="any"
        value={Number(value.toFixed(3))}
        onChange={(event) => set(Number(event.currentTarget.value))}
      />
    </span>
  );
}
