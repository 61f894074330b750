// The saved sets of records below the tick boxes: save the ticked ones, tick those of a set, rename, delete, undo.

import { boxes, choose, nameOf } from "./choose_records.js";
import { around, find } from "../elements.js";
import { at } from "../events.js";
import { editName } from "../name_field.js";
import { reply, send, shelf, shows, tell } from "../source_panel.js";
import { text } from "../texts.js";

const NAME = "[data-set-name]";
const BACK = "[data-set-back]";
const sets = () => shelf().querySelector(".sets .listed");
const own = (button) => around("[data-set]", button);

// Shows the list, and returns it; where the panel shows something else meanwhile, it stands nowhere.
function show(html) {
  const list = sets() ?? document.createElement("div");
  list.innerHTML = html;
  if (!sets()) return list;
  const count = list.querySelectorAll("[data-set]").length;
  find(".sets > summary", shelf()).textContent = count ? text("sets.title_count", { n: count }) : text("sets.title");
  return list;
}

// Says that a change was made, or why not where the list that says it is not seen.
function say(list, line) {
  const refused = list.querySelector(".refused, .empty");
  tell(null, refused ? (list.isConnected ? "" : refused.textContent) : line);
  return !refused;
}

/** @type {(list: ParentNode, selector: string) => void} */
const focusOn = (list, selector) => {
  /** @type {HTMLElement | null} */
  const found = list.querySelector(selector);
  found?.focus();
};

document.addEventListener("shown", async (event) => {
  if (event.detail !== "records") return;
  const html = await reply("/sets");
  if (shows("records")) show(html);
});

async function save() {
  /** @type {HTMLInputElement} */
  const field = find(NAME, shelf());
  const name = field.value;
  const records = boxes().filter((box) => box.checked).map(nameOf);
  const list = show(await send("/sets/save", { name: name.toWellFormed?.() ?? name, records }));
  if (!say(list, text("sets.saved"))) focusOn(list, NAME);
}

function apply(button) {
  const records = JSON.parse(button.dataset.applySet);
  const all = boxes().length === records.length;
  choose(all ? null : records);
  tell(null, text("sets.asked", { name: button.textContent }));
}

function rename(button) {
  const id = own(button).dataset.set;
  const focus = (list = sets()) => list && focusOn(list, `[data-set="${id}"] [data-rename-set]`);
  const renamed = async (name) => {
    const list = show(await send("/sets/rename", { id, name }));
    say(list, "");
    focus(list);
  };
  editName(find(".apply", own(button)), 80, renamed, focus);
}

document.addEventListener("keydown", (event) => {
  if (!event.isComposing && at(event, NAME) && event.key === "Enter") save();
});

async function remove(button) {
  const list = show(await send("/sets/remove", { id: own(button).dataset.set }));
  focusOn(list, list.querySelector(BACK) ? BACK : NAME);
  say(list, text("history.deleted"));
}

async function putBack() {
  const list = show(await send("/sets/undo", {}));
  focusOn(list, NAME);
  say(list, text("history.put_back"));
}

export const actions = {
  "[data-save-set]": save,
  "[data-apply-set]": apply,
  "[data-rename-set]": rename,
  "[data-remove-set]": remove,
  [BACK]: putBack,
};
