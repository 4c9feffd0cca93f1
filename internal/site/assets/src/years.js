// The map through the years: the slider colours the tiles as they were at the end of a
// year.
import { show, view } from "./dom.js";

export function years() {
  const data = document.getElementById("years"), form = document.querySelector("form.years");
  if (!data || !form) return;
  const { classes, years: all } = JSON.parse(data.textContent), slider = form.elements.year, out = form.querySelector("output");
  form.hidden = false;
  form.addEventListener("submit", (e) => e.preventDefault());
  slider.max = all.length - 1;
  const asked = all.findIndex((y) => y.year === view().get("year"));
  slider.value = asked < 0 ? all.length - 1 : asked;
  const tiles = [...document.querySelectorAll(".plot a[href*='projects/']")].map((a) => [a, a.getAttribute("href").replace(/^(\.\.\/)+/, "")]);
  const set = () => {
    const y = all[slider.value];
    out.textContent = y.year;
    slider.setAttribute("aria-valuetext", y.year);
    for (const [tile, page] of tiles) paint(tile, classes[y.of[page]]);
    show("year", Number(slider.value) === all.length - 1 ? "" : y.year);
  };
  slider.addEventListener("input", set);
  if (asked >= 0) set(); else out.textContent = all[all.length - 1].year;
}

// paint gives a tile the colours of a year; those of what is unknown where there was no
// code.
function paint(tile, colours) {
  const [ground, ink] = colours || ["f-void", "f-ink"];
  for (const mark of tile.querySelectorAll("rect, text, path")) {
    for (const c of [...mark.classList]) if (c.startsWith("f-")) mark.classList.remove(c);
    mark.classList.add(mark.matches("rect") ? ground : ink);
  }
}
