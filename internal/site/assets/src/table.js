// Tables that can be searched, chosen from and sorted, with the columns that a reader
// wants. The view is in the address.
import { get, make, show, view } from "./dom.js";

const text = (cell) => cell ? cell.textContent.trim() : "";

export function tables() {
  for (const table of document.querySelectorAll("table")) if (table.tHead) sortable(table);
  for (const form of document.querySelectorAll("form.filter")) filterable(form, document.getElementById(form.dataset.for));
  const form = document.querySelector("form[data-languages]");
  if (form) languages(form, document.getElementById("projects"));
}

// heads are the heads of the columns of a table.
const heads = (table) => [...table.tHead.rows[0].cells];

function sortable(table) {
  const first = table.hasAttribute("data-filter") && document.querySelector("table[data-filter]") === table;
  heads(table).forEach((head, i) => {
    const button = make("button", { type: "button", "aria-label": "Sort by " + text(head) }, "↕");
    button.addEventListener("click", () => {
      const down = head.ariaSort ? head.ariaSort === "ascending" : head.classList.contains("n");
      sort(table, i, down);
      if (first) show("sort", (down ? "-" : "") + head.dataset.key);
    });
    head.append(" ", button);
  });
  const asked = first && view().get("sort");
  if (!asked) return;
  const i = heads(table).findIndex((h) => h.dataset.key === asked.replace(/^-/, ""));
  if (i >= 0) sort(table, i, asked[0] === "-");
}

// sort orders the rows by a column. What is unknown comes last, either way.
function sort(table, column, down) {
  heads(table).forEach((h, i) => { if (i === column) h.ariaSort = down ? "descending" : "ascending"; else h.removeAttribute("aria-sort"); });
  const number = heads(table)[column].classList.contains("n");
  const of = (row) => {
    const cell = row.cells[column];
    const v = cell.dataset.v ?? text(cell).toLowerCase();
    return number && v !== "" && !isNaN(v) ? Number(v) : v;
  };
  const rows = [...table.tBodies[0].rows].map((row, i) => [of(row), i, row]);
  rows.sort(([a, i], [b, k]) => {
    if (a === "" || b === "") return (a === "") - (b === "") || i - k;
    const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
    return (down ? -order : order) || i - k;
  });
  table.tBodies[0].append(...rows.map((r) => r[2]));
}

function filterable(form, table) {
  if (!table) return;
  form.hidden = false;
  form.addEventListener("submit", (e) => e.preventDefault());
  const search = form.elements.q, choices = form.querySelector(".choices"), out = form.querySelector("output");
  const key = (name) => table.id === "projects" ? name : table.id + "." + name;
  const chosen = [];
  heads(table).forEach((head, i) => {
    if (!("choice" in head.dataset)) return;
    const values = [...new Set([...table.tBodies[0].rows].map((r) => text(r.cells[i])))].filter(Boolean).sort();
    if (values.length < 2 || values.length > 60) return;
    const label = text(head).replace(/ ↕$/, "");
    const select = make("select", {}, make("option", { value: "" }, "all"), ...values.map((v) => make("option", { value: v }, v)));
    select.value = view().get(key(head.dataset.key)) || "";
    if (select.selectedIndex < 0) select.value = "";
    choices.append(make("label", {}, label + " ", select));
    chosen.push([i, select, key(head.dataset.key)]);
    select.addEventListener("change", apply);
  });
  columns(form, table, key);
  search.value = view().get(key("q")) || "";
  search.addEventListener("input", apply);
  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let n = 0;
    for (const row of table.tBodies[0].rows) {
      const all = row.textContent.toLowerCase();
      const fits = words.every((w) => all.includes(w)) && chosen.every(([i, select]) => !select.value || text(row.cells[i]) === select.value);
      row.hidden = !fits;
      n += fits;
    }
    out.textContent = n + " of " + table.tBodies[0].rows.length;
    show(key("q"), search.value);
    for (const [, select, name] of chosen) show(name, select.value);
  }
  apply();
}

// columns lets a reader choose the columns of a table.
function columns(form, table, key) {
  const list = form.querySelector(".columns div");
  const shown = view().get(key("columns"));
  heads(table).forEach((head, i) => {
    if (!i) return;
    const box = make("input", { type: "checkbox" });
    box.checked = shown ? shown.split(",").includes(head.dataset.key) : !head.hidden;
    const set = () => { for (const row of table.rows) if (row.cells[i]) row.cells[i].hidden = !box.checked; };
    set();
    box.addEventListener("change", () => {
      set();
      show(key("columns"), heads(table).slice(1).filter((h) => !h.hidden).map((h) => h.dataset.key).join(","));
    });
    list.append(make("label", {}, box, " " + text(head).replace(/ ↕$/, "")));
  });
}

// languages shows what another language is to the projects.
function languages(form, table) {
  form.hidden = false;
  const select = form.elements.language;
  const of = async () => {
    const d = await get("data/languages/" + select.value + ".json");
    if (!d) return;
    const from = heads(table).findIndex((h) => h.dataset.key.startsWith("l."));
    const first = heads(table)[from].querySelector("a") || heads(table)[from];
    first.firstChild.nodeValue = d.columns[0];
    for (const row of table.tBodies[0].rows) (d.projects[row.dataset.key] || []).forEach(([said, value], i) => {
      const cell = row.cells[from + i];
      cell.replaceChildren(said);
      if (cell.classList.contains("n")) cell.dataset.v = value;
    });
    show("language", select.value);
  };
  const asked = view().get("language");
  select.addEventListener("change", of);
  if (asked && [...select.options].some((o) => o.value === asked)) { select.value = asked; of(); }
}
