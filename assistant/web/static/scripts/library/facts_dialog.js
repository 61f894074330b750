// A record's facts: each with where it comes from, to be corrected and to be taken back.

import { around, find } from "../elements.js";
import { within } from "../events.js";
import { ask, bringIntoSight, giveWay, idOf, isReadOnly, made_of, openDialog, refresh, tell } from "./library.js";
import { text } from "../texts.js";

/** @returns {HTMLDialogElement} */
const dialog = () => find("#correcting");
const part = (selector) => dialog().querySelector(selector);
let id = "";

async function open(button) {
  const mine = idOf(button);
  id = mine;
  part(".of").textContent = "";
  part(".fields").replaceChildren();
  say(text("facts.reading"));
  openDialog(dialog());
  const found = await ask(`/library/facts/${mine}`);
  if (id !== mine || !dialog().open) return; // closed meanwhile, or opened for another
  if (found.error) return giveWay(dialog(), found.error);
  take(found);
  part(".fields input")?.focus();
}

function say(line) {
  part(".told").textContent = line;
}

// Shows the facts; what is typed and not saved yet stays in its field.
function take(found, typed = {}) {
  say(found.error ?? "");
  if (found.error) return;
  id = found.record;
  part(".of").textContent = found.of;
  part("[data-save-facts]").hidden = isReadOnly(id);
  part(".fields").replaceChildren(...found.facts.map(fieldOf));
  for (const [name, words] of Object.entries(typed)) field(name).value = words;
}

/** @returns {HTMLInputElement} */
const field = (name) => part(`input[name="${name}"]`);
const changes = () => {
  /** @type {NodeListOf<HTMLInputElement>} */
  const inputs = dialog().querySelectorAll(".fields input");
  const typed = [...inputs].filter((input) => input.value.trim() !== input.dataset.stored);
  return Object.fromEntries(typed.map((input) => [input.name, input.value.trim()]));
};

function fieldOf(fact) {
  const place = made_of("div", "", { class: "fact" });
  const about = `${fact.name}-about`;
  const input = made_of("input", "", { name: fact.name, id: `fact-${fact.name}`, "aria-describedby": about });
  input.autocomplete = "off";
  input.placeholder = fact.hint;
  input.readOnly = isReadOnly(id);
  input.value = fact.value;
  input.dataset.stored = input.value.trim();
  const origin = made_of("span", fact.origin, { class: fact.corrected ? "origin corrected" : "origin", id: about });
  place.append(made_of("label", fact.label, { for: `fact-${fact.name}` }), input, origin);
  if (fact.corrected && !isReadOnly(id)) {
    const name = text("facts.take_back_label", { fact: fact.label });
    place.append(made_of("button", text("facts.take_back"), { type: "button", "data-take-back": fact.name, "aria-label": name }));
  }
  return place;
}

async function send(sent) {
  for (const wrong of dialog().querySelectorAll(".wrong")) wrong.remove();
  for (const input of dialog().querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  say(text("facts.saving"));
  const found = await ask("/library/correct", { record: id, changes: sent });
  if (!found.field) return found;
  say("");
  const input = field(found.field);
  input.setAttribute("aria-invalid", "true");
  around(".fact", input).append(made_of("span", found.wrong, { class: "wrong", role: "alert" }));
  input.focus();
  return null;
}

async function saveAll() {
  const sent = changes();
  if (!Object.keys(sent).length) return dialog().close();
  const found = await send(sent);
  if (!found) return;
  take(found);
  if (found.error) return;
  dialog().close();
  await refresh();
  bringIntoSight(id);
  tell(text("facts.saved"));
}

async function takeBack(button) {
  const name = button.dataset.takeBack;
  const { [name]: _, ...typed } = changes();
  const found = await send({ [name]: null });
  if (!found) return;
  take(found, typed);
  if (found.error) return;
  field(name).focus();
  say(text("facts.taken_back"));
  await refresh();
}

document.addEventListener("submit", (event) => {
  if (within(event, "#correcting")) event.preventDefault();
});

export const actions = {
  '.library [data-act="facts"]': open,
  "#correcting [data-take-back]": takeBack,
  "#correcting [data-save-facts]": saveAll,
};
