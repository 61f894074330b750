// The kept conversations: their list in the panel, and the address of the one that is shown.

import * as address from "./address.js";
import { find } from "./elements.js";
import { at } from "./events.js";
import { editName } from "./name_field.js";
import { focusHeading, openedBy, put, reply, send, shelf, shows, tell } from "./source_panel.js";
import { choose } from "./tabs.js";
import { text } from "./texts.js";

const PAUSE = 250; // milliseconds after the last key until the list is searched
let searching = 0;
let questions = 0;

const shown = () => address.read("conversation");
let current = shown(); // as Back found it last

function show(html) {
  put(html, "history");
  mark();
}

// Marks the conversation that is shown.
function mark() {
  if (!shows("history")) return;
  for (const item of shelf().querySelectorAll("[data-conversation]")) {
    const link = find("[data-resume]", item);
    if (item.dataset.conversation === shown()) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

async function open(button) {
  openedBy(button);
  document.body.classList.add("panel-open");
  show(await reply("/history"));
  focusHeading();
}

const own = (button) => button.closest("[data-conversation]").dataset.conversation;

function resume(link) {
  choose("ask");
  go(own(link));
  if (matchMedia("(max-width: 900px)").matches) document.body.classList.remove("panel-open");
}

// Puts a conversation into the address and shows it.
function go(id) {
  current = id;
  address.write({ conversation: id }, true);
  find("#open-conversation").click();
  mark();
}

// The server has another conversation than the address: one that has just begun, or none.
document.addEventListener("conversation", ({ detail: id }) => {
  current = id;
  address.write({ conversation: id }, true);
  if (shows("history")) refresh();
});
window.addEventListener("popstate", () => shown() !== current && go(shown()));

async function refresh() {
  /** @type {HTMLInputElement | null} */
  const field = shelf().querySelector("[data-search-history]");
  const words = field?.value ?? "";
  const list = await reply(`/history?${new URLSearchParams({ words })}`);
  if (!shows("history") || shelf().querySelector("[data-new-name]")) return; // a name is being typed
  const parsed = new DOMParser().parseFromString(list, "text/html");
  for (const part of ["ul.items", ".count"]) {
    const [old, now] = [shelf().querySelector(part), parsed.querySelector(part)];
    if (old && now) old.replaceWith(now);
  }
  mark();
}

// A question changes the order of the list and the number of questions.
export function noticeQuestions() {
  const now = document.querySelectorAll("#chat .question").length;
  if (now === questions) return;
  questions = now;
  if (shows("history")) refresh();
}

document.addEventListener("input", (event) => {
  if (!at(event, "[data-search-history]")) return;
  clearTimeout(searching);
  searching = setTimeout(refresh, PAUSE);
});

function rename(button) {
  const id = own(button);
  const link = button.closest("[data-conversation]").querySelector("[data-resume]");
  const focus = () => shelf().querySelector(`[data-conversation="${id}"] [data-rename]`)?.focus();
  const renamed = async (name) => {
    show(await send("/history/rename", { id, name }));
    focus();
  };
  editName(link, 120, renamed, focus);
}

async function forget(button) {
  const id = own(button);
  show(await send("/history/remove", { id }));
  (shelf().querySelector("[data-put-back]") ?? find("h2", shelf())).focus();
  tell(null, text("history.deleted"));
  if (id === shown()) find("#new").click();
}

async function putBack() {
  show(await send("/history/undo", {}));
  find("h2", shelf()).focus();
  tell(null, text("history.put_back"));
}

export const actions = {
  "[data-history]": open,
  ".history [data-resume]": resume,
  ".history [data-rename]": rename,
  ".history [data-forget]": forget,
  ".history [data-put-back]": putBack,
};
