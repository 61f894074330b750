// The evidence list: what is put aside, its notes and its order. The server keeps it; each change gives the list back.

import { find } from "./elements.js";
import { at } from "./events.js";
import { focusHeading, openedBy, panel, put, reply, shelf, shows, tell } from "./source_panel.js";
import { text } from "./texts.js";

const PAUSE = 600; // milliseconds after the last key until what was typed is kept
const TAPPED = 500; // milliseconds that marked words are remembered: a tap on the button takes the mark away first
let places = new Map(); // name of a place in a record -> id of its item
/** @type {Promise<any>} */
let last = Promise.resolve(); // changes reach the server in the order in which they were made
/** @type {ReturnType<typeof ends>} */
let marked = null;
let forgetting = 0;
const typing = new Map();

// Everything that was typed or clicked until now, once the server has it.
export async function settled() {
  for (const field of [...typing.keys()]) write(field);
  await last;
}

function ask(path, sent) {
  const options = sent && {
    method: "POST",
    keepalive: true, // what was typed last arrives also when the page is closed
    headers: { "content-type": "application/json" },
    body: JSON.stringify(sent),
  };
  last = last.then(() => reply(path, options || {}));
  return last;
}

const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

// Counts, and marks what is in the list wherever it can be added.
function take(html) {
  const list = parsed(html);
  if (!list.querySelector("section.evidence")) return list;
  const items = [...list.querySelectorAll("li[data-item]")];
  places = new Map(items.filter((item) => item.dataset.place).map((item) => [item.dataset.place, item.dataset.item]));
  for (const count of document.querySelectorAll(".evidence-count")) count.textContent = String(items.length);
  nameLinks();
  return list;
}

const placeOf = (button) => button.dataset.add ?? button.getAttribute("href").split("#add-")[1];

// What adds a quotation says whether it is added; in the chat it is a link, since messages may hold no buttons.
export function nameLinks() {
  for (const button of document.querySelectorAll('a.add[href*="#add-"], button[data-add]')) {
    const added = places.has(placeOf(button));
    const words = text(added ? "evidence.is_in" : "evidence.add");
    if (button.textContent !== words) button.textContent = words;
    button.classList.toggle("added", added);
    if (!button.matches("a")) continue;
    const marker = button.parentElement?.querySelector(".marker")?.textContent ?? "";
    const name = `${text(added ? "evidence.is_in_label" : "evidence.add")} ${marker}`.trim();
    if (button.getAttribute("aria-label") !== name) button.setAttribute("aria-label", name);
    if (button.getAttribute("role") !== "button") button.setAttribute("role", "button");
  }
}

function show(html) {
  take(html);
  put(html, "evidence");
  for (const field of shelf().querySelectorAll("textarea")) fit(field);
}

async function open(button) {
  if (button) openedBy(button);
  document.body.classList.add("panel-open");
  show(await ask("/evidence"));
  focusHeading();
}

export const count = async () => take(await ask("/evidence"));

async function add(button) {
  const known = places.get(placeOf(button));
  if (known) {
    await open(button);
    return itemOf(known)?.querySelector("textarea")?.focus();
  }
  await changed(button, await ask("/evidence/add", { place: placeOf(button) }), text("evidence.added"));
}

// A change that was made outside the list: what is on the panel stays there, unless there is something to say.
async function changed(button, html, line) {
  const list = take(html);
  const done = list.querySelector("section.evidence") && !list.querySelector(".refused");
  if (!done || shows("evidence")) {
    document.body.classList.toggle("panel-open", !done || isOpen());
    show(html);
  } else {
    tell(button, line);
  }
}

const isOpen = () => document.body.classList.contains("panel-open");
const itemOf = (id) => shelf().querySelector(`li[data-item="${id}"]`);
const own = (button) => button.closest("li[data-item]").dataset.item;

async function move(button) {
  const [id, by] = [own(button), Number(button.dataset.move)];
  await settled();
  show(await ask("/evidence/move", { id: Number(id), by }));
  const item = itemOf(id);
  const again = item?.querySelector(`[data-move="${by}"]:not(:disabled)`) ?? item?.querySelector("[data-move]:not(:disabled)");
  again?.focus();
  item?.scrollIntoView({ block: "nearest" });
  const items = [...shelf().querySelectorAll("li[data-item]")];
  tell(null, text("evidence.moved", { place: items.findIndex((each) => each === item) + 1, all: items.length }));
}

async function remove(button) {
  const items = [...shelf().querySelectorAll("li[data-item]")];
  const next = items.indexOf(button.closest("li"));
  await settled();
  show(await ask("/evidence/remove", { id: Number(own(button)) }));
  const left = shelf().querySelectorAll("[data-remove]");
  (left[Math.min(next, left.length - 1)] ?? shelf().querySelector("[data-undo]"))?.focus();
  tell(null, text("evidence.removed"));
}

async function all(path, line) {
  await settled();
  show(await ask(path, {}));
  (shelf().querySelector("[data-undo]") ?? shelf().querySelector("h2"))?.focus();
  tell(null, line);
}

async function write(field) {
  clearTimeout(typing.get(field));
  if (!typing.delete(field)) return;
  const words = field.value.toWellFormed?.() ?? field.value; // half a character is none for the server
  const list = take(await ask("/evidence/write", { id: Number(own(field)), field: field.dataset.write, words }));
  const refused = list.querySelector(".refused, .empty")?.textContent;
  tell(null, list.querySelector("section.evidence") && !refused ? text("evidence.saved") : text("evidence.not_saved", { reason: refused ?? "" }));
}

function fit(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

document.addEventListener("shown", nameLinks); // of a record, its button
document.addEventListener("input", (event) => {
  const field = at(event, "[data-write]");
  if (!field) return;
  if (field.matches("textarea")) fit(field);
  clearTimeout(typing.get(field));
  typing.set(
    field,
    setTimeout(() => write(field), PAUSE),
  );
});
document.addEventListener("change", (event) => {
  const field = at(event, "[data-write]");
  if (field) write(field);
});
window.addEventListener("pagehide", () => settled());
document.addEventListener("shown", nameLinks); // what the panel shows says what is added, too
window.addEventListener("focus", () => count()); // another window may have changed the list

// Words marked in a record.
document.addEventListener("selectionchange", () => {
  /** @type {HTMLButtonElement | null} */
  const button = document.querySelector(".panel [data-add-marked]");
  if (!button) return;
  const text = find(".text", panel());
  const chosen = document.getSelection();
  const range = chosen?.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
  clearTimeout(forgetting);
  if (range && text.contains(range.commonAncestorContainer)) {
    marked = ends(text, range);
    button.disabled = !marked;
  } else if (document.activeElement !== button) {
    forgetting = setTimeout(() => forget(button), TAPPED);
  }
});

function forget(button) {
  marked = null;
  button.disabled = true;
}

// Both ends as the piece of the record that they lie in and the code points before them in it.
function ends(text, range) {
  const blocks = [...text.querySelectorAll("[data-at]")].filter((block) => range.intersectsNode(block));
  if (!blocks.length) return null;
  const [first, behind] = [blocks[0], blocks.at(-1)];
  const before = document.createRange();
  before.selectNodeContents(first);
  if (first.contains(range.startContainer)) before.setEnd(range.startContainer, range.startOffset);
  else before.collapse(true);
  const until = document.createRange();
  until.selectNodeContents(behind);
  if (behind.contains(range.endContainer)) until.setEnd(range.endContainer, range.endOffset);
  const points = (part) => Array.from(part.toString()).length;
  return {
    first: Number(first.dataset.at),
    first_offset: points(before),
    last: Number(behind.dataset.at),
    last_offset: points(until),
  };
}

async function addMarked(button) {
  if (!marked) return;
  const sent = { record: button.dataset.addMarked, ...marked };
  const before = new Set(places.keys());
  const html = await ask("/evidence/mark", sent);
  await changed(button, html, text("evidence.added"));
  if ([...places.keys()].every((place) => before.has(place)) && !shows("evidence")) {
    tell(button, text("evidence.already"));
  }
}

export const actions = {
  "[data-evidence]": open,
  'a[href*="#add-"]': add,
  "[data-add]": add,
  "[data-add-marked]": addMarked,
  "[data-move]": move,
  "[data-remove]": remove,
  "[data-remove-all]": () => all("/evidence/remove-all", text("evidence.all_removed")),
  "[data-undo]": () => all("/evidence/undo", text("evidence.put_back")),
};
