// What style alone cannot do: Escape shuts a card, and the later pieces of a
// claim that goes on in other elements show the card of the first.
(() => {
  const at = (e) => e.target.closest && e.target.closest(".claim");
  const first = (c) => { const t = document.getElementById("claim-" + c.dataset.claim); return t && t.closest(".claim"); };
  const light = (on) => (e) => {
    const c = at(e);
    const f = c && c.dataset.claim !== undefined && first(c);
    if (f) { f.classList.toggle("lit", on); }
    if (c && !on) { c.classList.remove("shut"); }
  };
  document.addEventListener("mouseover", light(true));
  document.addEventListener("mouseout", light(false));
  document.addEventListener("focusin", (e) => { const c = at(e); if (c) { c.classList.remove("shut"); } });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") { return; }
    document.querySelectorAll(".claim:hover, .claim:focus-within, .claim.lit").forEach((c) => c.classList.add("shut"));
  });
})();
