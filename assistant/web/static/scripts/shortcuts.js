// Keys that lead to a place of the page from anywhere, the dialog that lists them, and the skip link.

import { find } from "./elements.js";
import { at, within } from "./events.js";
import { open as searchRecord } from "./record/search.js";
import { openedBy } from "./source_panel.js";

const SINGLE = "rapporteur-single-keys";
const TYPED = "input, textarea, select, [contenteditable=true]";
/** @returns {HTMLDialogElement} */
const dialog = () => find("#shortcuts");
const click = (selector) => document.querySelector(selector)?.click();

function writeQuestion() {
  click("#view-ask");
  document.querySelector("#question textarea")?.focus();
}

// The next Tab goes to what can be clicked in the answer.
function goToAnswer() {
  const answers = document.querySelectorAll('#chat [data-testid="bot"]');
  const last = answers[answers.length - 1];
  if (!last) return;
  click("#view-ask");
  last.tabIndex = -1;
  last.focus();
}

function open() {
  /** @type {HTMLInputElement} */
  const box = find("[data-single-keys]", dialog());
  box.checked = usesSingleKeys();
  dialog().showModal();
}

const usesSingleKeys = () => localStorage.getItem(SINGLE) !== "off";

const SINGLE_KEYS = { "/": writeQuestion, "?": open };
// By the place of the key: with Alt a Mac writes another letter.
const ALT_KEYS = {
  Digit1: () => focusOn("#view-ask"),
  Digit2: () => focusOn("#view-check"),
  Digit3: () => focusOn("#view-library"),
  KeyA: goToAnswer,
  KeyR: () => openPanel("records"),
  KeyE: () => openPanel("evidence"),
  KeyH: () => openPanel("history"),
  KeyS: searchRecord,
};

// Closing the panel leads back to where one was.
function openPanel(list) {
  openedBy(document.activeElement);
  click(`.panel [data-${list}]`);
}

function focusOn(tab) {
  click(tab);
  document.querySelector(tab)?.focus();
}

function actOf(event) {
  if (event.ctrlKey || event.metaKey) return undefined;
  if (event.altKey) return event.shiftKey ? undefined : ALT_KEYS[event.code];
  return usesSingleKeys() && !within(event, TYPED) ? SINGLE_KEYS[event.key] : undefined;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || document.querySelector("dialog[open]")) return;
  const act = actOf(event);
  if (act) {
    event.preventDefault();
    act();
  } else if (event.key === "Escape" && within(event, "#chat") && !document.body.matches(".panel-open")) {
    writeQuestion();
  }
});
document.addEventListener("change", (event) => {
  const box = at(event, "[data-single-keys]");
  if (box) localStorage.setItem(SINGLE, box.checked ? "on" : "off");
});

export const actions = {
  'a[href$="#skip"]': writeQuestion,
  "[data-shortcuts]": open,
  "[data-close-shortcuts]": () => dialog().close(),
};
