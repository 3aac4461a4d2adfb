export interface Entry {
  id: string;
  title: string;
  level: 2 | 3;
}

/**
 * Our own text as the server made it of the documentation, made to stand in the page: its first heading is the page's,
 * headings can be linked to, links to other texts lead to their pages, and what is wider than the screen scrolls alone.
 */
export function prepare(html: string): { html: string; entries: Entry[] } {
  const text = new DOMParser().parseFromString(html, "text/html").body;
  text.querySelector("h1")?.remove();
  text.querySelectorAll("a").forEach(lead);
  text.querySelectorAll("table, pre").forEach(box);
  const entries = [...text.querySelectorAll<HTMLElement>("h2, h3")].map((heading) => {
    heading.id ||= slug(heading.textContent ?? "");
    return { id: heading.id, title: heading.textContent ?? "", level: heading.tagName === "H2" ? 2 : 3 } as Entry;
  });
  return { html: text.innerHTML, entries };
}

/** A link to a file beside this one is a page; one to a file of the source code leads nowhere from here. */
function lead(link: HTMLAnchorElement) {
  const target = link.getAttribute("href") ?? "";
  const page = /^(?:\.\/)?([a-z0-9_-]+)\.md(#.*)?$/i.exec(target);
  if (page) link.setAttribute("href", `/methods/${page[1]}${page[2] ?? ""}`);
  else if (!/^(https?:|#|\/)/.test(target)) link.replaceWith(...link.childNodes);
}

function box(wide: Element) {
  const around = wide.ownerDocument.createElement("div");
  around.className = wide.tagName === "TABLE" ? "table-box" : "code-box";
  around.tabIndex = 0;
  wide.replaceWith(around);
  around.append(wide);
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
