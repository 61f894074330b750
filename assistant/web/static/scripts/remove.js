// Removing records: the server says what goes with them, the reader says whether.

import { ask, chosen_ones, giveWay, idOf, made_of, many, openDialog, record, refresh, tell } from "./library.js";
import { text } from "./texts.js";

const NAMED = 8; // titles in the dialog before the rest is only counted
/** @returns {HTMLDialogElement} */
const dialog = () => document.querySelector("#removing");
const part = (selector) => dialog().querySelector(selector);
let asked = [];

async function open(ids) {
  if (!ids.length) return;
  asked = ids;
  part(".told").textContent = "";
  part(".asks").textContent = text("remove.looking");
  const names = ids.slice(0, NAMED).map((id) => made_of("li", record(id)?.title ?? ""));
  if (ids.length > NAMED) names.push(made_of("li", text("remove.more", {}, ids.length - NAMED)));
  part(".names").replaceChildren(...names);
  part("[data-remove-now]").textContent = text("remove.remove", { records: many(ids.length, "record") });
  part("[data-remove-now]").disabled = true;
  openDialog(dialog());
  part("[data-dismiss-dialog]").focus();
  const found = await ask("/library/removal", { records: ids });
  if (asked !== ids || !dialog().open) return; // closed meanwhile, or opened for others
  if (found.error) return giveWay(dialog(), found.error);
  part(".asks").textContent = found.summary;
  part("[data-remove-now]").disabled = false;
}

async function remove(button) {
  button.disabled = true;
  part(".told").textContent = text("remove.removing");
  const found = await ask("/library/remove", { records: asked });
  if (found.error) return giveWay(dialog(), found.error);
  dialog().close();
  await refresh();
  tell(text("remove.removed", { records: many(found.removed, "record") }));
  document.querySelector(".library input[type=search]").focus();
}

export const actions = {
  '.library [data-act="remove"]': (button) => open([idOf(button)]),
  ".library [data-remove-chosen]": () => open(chosen_ones()),
  "#removing [data-remove-now]": remove,
};
