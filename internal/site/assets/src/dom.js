// make makes an element. Texts are set as texts: nothing is read as markup.
export function make(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(attributes || {})) if (v !== false && v != null) e.setAttribute(k, v === true ? "" : v);
  e.append(...children);
  return e;
}

// root is the way to the root of the site.
export const root = () => document.body.dataset.root;

// get reads a file beside the pages; null where it cannot be read, as in a page that was
// opened from a disk.
export async function get(path) {
  try {
    const answer = await fetch(root() + path);
    return answer.ok ? await answer.json() : null;
  } catch { return null; }
}

// view is the address of what is shown: what a reader has chosen stands in it.
export const view = () => new URLSearchParams(location.search);

// show puts a choice into the address; an empty one leaves it.
export function show(key, value) {
  const v = view();
  v.delete(key);
  for (const x of [].concat(value)) if (x) v.append(key, x);
  const q = v.toString();
  try { history.replaceState(null, "", (q ? "?" + q : location.pathname) + location.hash); } catch { /* from a disk */ }
}
