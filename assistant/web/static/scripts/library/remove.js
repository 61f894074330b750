// Removing records: the server says what goes with them, the reader says whether.

import { find } from "../elements.js";
import { ask, chosen_ones, giveWay, idOf, made_of, many, openDialog, record, refresh, tell } from "./library.js";
import { text } from "../texts.js";

const NAMED = 8; // titles in the dialog before the rest is only counted
/** @returns {HTMLDialogElement} */
const dialog = () => find("#removing");
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
  const title = record(asked[0])?.title;
  const found = await ask("/library/remove", { records: asked });
  if (found.error && !found.removed) return giveWay(dialog(), found.error);
  dialog().close();
  await refresh();
  const records = asked.length === 1 ? `“${title}”` : many(asked.length, "record");
  tell(found.error ?? (found.removal ? "" : text("remove.removed", { records })));
  showWhatIsGone();
  find(".library input[type=search]").focus();
}

// How many of the founding records were removed, with the button that adds them again.
async function showFounding() {
  const { missing = 0 } = await ask("/library/founding");
  const place = find(".library .founding");
  place.hidden = !missing;
  find("span", place).textContent = text("library.founding_missing", {}, missing);
  const button = find("button", place);
  button.toggleAttribute("disabled", false);
  button.textContent = text("library.founding_add", {}, missing);
}

// The last removal that can be put back, also after a reload; behind it the one before.
async function showRemoval() {
  const { removals = [] } = await ask("/library/removals");
  const place = find(".library .removals");
  place.hidden = !removals.length;
  if (!removals.length) return;
  const [{ removal, count, title }] = removals;
  const records = count === 1 ? `“${title}”` : many(count, "record");
  find("span", place).textContent = text("remove.removed", { records });
  const button = find("button", place);
  button.toggleAttribute("disabled", false);
  button.textContent = text("remove.put_back");
  button.dataset.putBack = removal;
}

function showWhatIsGone() {
  showFounding();
  showRemoval();
}

document.addEventListener("view", ({ detail: which }) => {
  if (which === "library") showWhatIsGone();
});

async function putBack(button, path, sent) {
  button.disabled = true;
  button.textContent = text("remove.putting_back");
  const found = await ask(path, sent);
  await refresh();
  showWhatIsGone();
  tell(found.error ?? text("remove.back", { records: many(found.back, "record") }));
  find(".library input[type=search]").focus();
}

export const actions = {
  ".library [data-put-back]": (button) => putBack(button, "/library/put-back", { removal: button.dataset.putBack }),
  ".library [data-founding]": (button) => putBack(button, "/library/founding", {}),
  '.library [data-act="remove"]': (button) => open([idOf(button)]),
  ".library [data-remove-chosen]": () => open(chosen_ones()),
  "#removing [data-remove-now]": remove,
};
