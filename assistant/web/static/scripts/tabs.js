// The views of the page: asking, checking a report, the library. One is shown at a time, which the address names.

import * as address from "./address.js";
import { within } from "./events.js";

const CLASSES = { check: "checks", library: "keeps" };
const tabs = () => [...document.querySelectorAll("[data-view]")];

// Shows a view; with `step` Back returns to the one before.
export function choose(which, step = false) {
  for (const [view, name] of Object.entries(CLASSES)) document.body.classList.toggle(name, view === which);
  for (const tab of tabs()) {
    const selected = tab.dataset.view === which;
    tab.setAttribute("aria-selected", String(selected));
    tab.tabIndex = selected ? 0 : -1;
  }
  address.write({ tab: which === "ask" ? "" : which }, step);
  document.dispatchEvent(new CustomEvent("view", { detail: which }));
}

// Shows the view that the address names.
export function chooseAddressed() {
  const named = address.read("tab") || "ask";
  choose(tabs().some((tab) => tab.dataset.view === named) ? named : "ask");
}
window.addEventListener("popstate", chooseAddressed);

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
document.addEventListener("keydown", (event) => {
  const tab = within(event, "[data-view]");
  if (!tab || !(event.key in STEPS)) return;
  const all = tabs();
  const other = all[(all.indexOf(tab) + STEPS[event.key] + all.length) % all.length];
  choose(other.dataset.view, true);
  other.focus();
});

export const actions = {
  "[data-view]": (tab) => choose(tab.dataset.view, true),
  'a[href$="#library"]': () => choose("library", true),
};
