// The map through the years: the slider colours the tiles by the share at the end of a
// year.
import { show, view } from "./dom.js";

export function years() {
  const data = document.getElementById("years"), form = document.querySelector("form.years");
  if (!data || !form) return;
  const all = JSON.parse(data.textContent), slider = form.elements.year, out = form.querySelector("output");
  form.hidden = false;
  form.addEventListener("submit", (e) => e.preventDefault());
  slider.max = all.length - 1;
  const asked = all.findIndex((y) => y.year === view().get("year"));
  slider.value = asked < 0 ? all.length - 1 : asked;
  const tiles = document.querySelectorAll(".plot [data-key]");
  const set = () => {
    const y = all[slider.value];
    out.textContent = y.year;
    slider.setAttribute("aria-valuetext", y.year);
    for (const tile of tiles) paint(tile, y.shares[tile.dataset.key]);
    show("year", Number(slider.value) === all.length - 1 ? "" : y.year);
  };
  slider.addEventListener("input", set);
  if (asked >= 0) set(); else out.textContent = all[all.length - 1].year;
}

// paint gives a tile the colour of a share; grey where nothing is known.
function paint(tile, share) {
  const rect = tile.matches("rect") ? tile : tile.querySelector("rect");
  const steps = Number(tile.closest("svg").dataset.steps || 7);
  const colour = share == null ? "f-unknown" : "f-scale" + Math.min(steps - 1, Math.floor(share * steps));
  for (const c of [...rect.classList]) if (/^f-/.test(c)) rect.classList.remove(c);
  rect.classList.add(colour);
}
