// What a reader does with a page: all that is shown stands in the page already, or in a
// file beside it.
import { themes } from "./theme.js";
import { tables } from "./table.js";
import { years } from "./years.js";
import { compare } from "./compare.js";

themes();
tables();
years();
compare();

// "/" leads to the search, as in many places.
document.addEventListener("keydown", (e) => {
  if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
  const field = document.querySelector(".filter input[type=search]") || document.getElementById("find");
  e.preventDefault();
  field.focus();
});
