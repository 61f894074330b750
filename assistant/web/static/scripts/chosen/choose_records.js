// The tick boxes of the list of records: a question is asked of the ticked ones alone, of all while none is unticked.

import { find } from "../elements.js";
import { at } from "../events.js";
import { shelf, shows } from "../source_panel.js";
import { text } from "../texts.js";

const FIELD = "#asked textarea, #asked input";
/** @returns {HTMLInputElement} */
const field = () => find(FIELD);
export const boxes = () => {
  /** @type {NodeListOf<HTMLInputElement>} */
  const found = shelf().querySelectorAll("[data-ask]");
  return [...found];
};

// The record's name stands encoded in the page: it may have characters that cannot be seen.
export const nameOf = (box) => decodeURIComponent(box.dataset.ask);

// Names of the ticked records; null for all. A record that is added later is asked only where all are.
function chosen() {
  /** @type {HTMLInputElement | null} */
  const kept = document.querySelector(FIELD); // Gradio may still be building it
  return kept?.value ? new Set(JSON.parse(kept.value)) : null;
}

export function choose(names) {
  field().value = names ? JSON.stringify(names) : "";
  field().dispatchEvent(new Event("input", { bubbles: true }));
  showChoice();
}

// Ticks the list as it was chosen, and says how many records are asked.
function showChoice() {
  if (!shows("records")) return;
  const names = chosen();
  for (const box of boxes()) box.checked = !names || names.has(nameOf(box));
  const line = shelf().querySelector(".asked");
  if (!line) return;
  const asked = boxes().filter((box) => box.checked).length;
  const all = boxes().length;
  const gone = names ? [...names].filter((name) => !boxes().some((box) => nameOf(box) === name)).length : 0;
  line.textContent = names ? text("choice.some", { asked, all }) : text("choice.all");
  if (!asked) line.textContent = text("choice.none");
  if (gone) line.textContent += text("choice.gone", {}, gone);
}

document.addEventListener("shown", (event) => event.detail === "records" && showChoice());
// The server put back a choice, or took it back.
document.addEventListener("chosen-records", showChoice);
document.addEventListener("change", (event) => {
  if (!at(event, "[data-ask]")) return;
  const names = boxes().filter((box) => box.checked).map(nameOf);
  choose(names.length === boxes().length ? null : names);
});

export const actions = {
  "[data-ask-all]": () => choose(null),
  "[data-ask-none]": () => choose([]),
  "[data-search-all]": () => find("#search-all").click(),
};
