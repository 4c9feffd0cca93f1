// Projects side by side: which ones stands in the address.
import { get, make, root, show, view } from "./dom.js";

const rows = [
  ["Level", (d) => d.maturity], ["Accepted", (d) => d.accepted], ["Category", (d) => d.focus_area], ["Licence", (d) => d.licence],
  ["Commits in the year", (d) => figure(d.quantities.human_commits_year)], ["Authors in the year", (d) => figure(d.quantities.authors_year)],
  ["Absence factor", (d) => figure(d.quantities.absence_factor)], ["Elephant factor", (d) => figure(d.quantities.elephant_factor)],
  ["First commit", (d) => figure(d.quantities.first_human_commit, true)], ["Last activity", (d) => figure(d.quantities.last_activity)],
  ["Releases", (d) => d.release_cadence], ["Last release", (d) => figure(d.quantities.last_release)],
  ["Adopters", (d) => figure(d.quantities.adopters)], ["Maintainers", (d) => figure(d.quantities.maintainers)], ["Health", (d) => d.health],
  ["Languages", (d) => (d.languages || []).slice(0, 5).map((l) => l.language + (l.share.value == null ? "" : " " + (100 * l.share.value).toFixed(1) + " %" + (l.share.lower != null && l.share.lower === l.share.upper ? "" : "?"))).join(", ")],
];

// figure writes a figure as the pages do: exact, "+" for a lower bound, "?" for what was
// read, "by" before a day that may be earlier.
export function figure(q, first) {
  if (!q || q.value == null || (q.value === 0 && q.upper == null)) return "unknown";
  const said = (v) => typeof v === "number" ? v.toLocaleString("en") : v;
  if (q.lower != null && q.lower === q.upper) return said(q.value);
  if (q.lower != null && q.upper != null) return said(q.lower) + " to " + said(q.upper);
  if (q.lower === q.value) return said(q.value) + "+";
  if (q.upper === q.value && typeof q.value === "string") return "by " + said(q.value);
  return said(q.value) + "?";
}

export function compare() {
  const form = document.querySelector("form.compare"), side = document.getElementById("side");
  if (!form) return;
  const ids = () => view().getAll("project").slice(0, 6);
  form.hidden = false;
  const add = () => {
    const said = form.elements.project.value.trim().toLowerCase();
    const option = [...form.querySelectorAll("option")].find((o) => o.value.toLowerCase() === said || o.dataset.id === said);
    if (!option) return;
    form.elements.project.value = "";
    show("project", [...new Set([...ids(), option.dataset.id])]);
    draw();
  };
  form.addEventListener("submit", (e) => { e.preventDefault(); add(); });
  form.elements.project.addEventListener("change", add);
  async function draw() {
    const all = await Promise.all(ids().map((id) => get("data/projects/" + encodeURIComponent(id) + ".json")));
    const known = all.filter(Boolean);
    if (!known.length) { side.replaceChildren(); return; }
    const drop = (d) => {
      const b = make("button", { type: "button", "aria-label": "Leave out " + d.name }, "×");
      b.addEventListener("click", () => { show("project", ids().filter((id) => id !== d.page)); draw(); });
      return b;
    };
    const head = make("tr", {}, make("td", {}), ...known.map((d) => make("th", { scope: "col" }, make("a", { href: root() + "projects/" + encodeURIComponent(d.page) + ".html" }, d.name), " ", drop(d))));
    const body = rows.map(([label, of]) => make("tr", {}, make("th", { scope: "row" }, label), ...known.map((d) => make("td", {}, of(d) || ""))));
    side.replaceChildren(make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Projects side by side" },
      make("table", {}, make("caption", {}, "Projects side by side"), make("thead", {}, head), make("tbody", {}, ...body))));
  }
  if (ids().length) draw();
}
