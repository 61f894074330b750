// The saved sets of records below the tick boxes: save the ticked ones, tick those of a set, rename, delete, undo.

import { boxes, choose } from "./choose_records.js";
import { at } from "../events.js";
import { editName } from "../name_field.js";
import { reply, send, shelf, shows, tell } from "../source_panel.js";
import { text } from "../texts.js";

const sets = () => shelf().querySelector(".sets .listed");
/** @returns {HTMLInputElement} */
const newName = () => sets().querySelector("[data-set-name]");
/**
 * @param {Element} button
 * @returns {HTMLElement}
 */
const own = (button) => button.closest("[data-set]");

function show(html) {
  if (!sets()) return;
  sets().innerHTML = html;
  const count = sets().querySelectorAll("[data-set]").length;
  shelf().querySelector(".sets > summary").textContent = count ? text("sets.title_count", { n: count }) : text("sets.title");
}

document.addEventListener("shown", async (event) => {
  if (event.detail !== "records") return;
  const html = await reply("/sets");
  if (shows("records")) show(html);
});

async function save() {
  const name = newName().value;
  const records = boxes().filter((box) => box.checked).map((box) => box.dataset.ask);
  show(await send("/sets/save", { name: name.toWellFormed?.() ?? name, records }));
  if (sets().querySelector(".refused")) newName().focus();
  else tell(null, text("sets.saved"));
}

function apply(button) {
  const records = JSON.parse(button.dataset.applySet);
  const all = boxes().length === records.length;
  choose(all ? null : records);
  tell(null, text("sets.asked", { name: button.textContent }));
}

function rename(button) {
  const id = own(button).dataset.set;
  const focus = () => sets().querySelector(`[data-set="${id}"] [data-rename-set]`)?.focus();
  const renamed = async (name) => {
    show(await send("/sets/rename", { id, name }));
    focus();
  };
  editName(own(button).querySelector(".apply"), 80, renamed, focus);
}

document.addEventListener("keydown", (event) => {
  if (!event.isComposing && at(event, "[data-set-name]") && event.key === "Enter") save();
});

async function remove(button) {
  show(await send("/sets/remove", { id: own(button).dataset.set }));
  /** @type {HTMLElement} */
  const undo = sets().querySelector("[data-set-back]");
  (undo ?? newName()).focus();
  tell(null, text("history.deleted"));
}

async function putBack() {
  show(await send("/sets/undo", {}));
  newName().focus();
  tell(null, sets().querySelector(".refused") ? "" : text("history.put_back"));
}

export const actions = {
  "[data-save-set]": save,
  "[data-apply-set]": apply,
  "[data-rename-set]": rename,
  "[data-remove-set]": remove,
  "[data-set-back]": putBack,
};
