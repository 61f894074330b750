// The library's table: all records, sorted and filtered here, so that thousands answer at once.

import { find } from "../elements.js";
import { at } from "../events.js";
import * as evidence from "../evidence.js";
import { fileName, save } from "../export.js";
import { mark, offer } from "./private.js";
import { close, shelf, show, shows } from "../source_panel.js";
import { text } from "../texts.js";

const ORDER = "rapporteur-order";
const AT_ONCE = 100; // rows that are made before the reader scrolls to the last of them
const SORTED = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
const SEARCHED = ["title", "name", "publisher", "published", "forum", "days", "first_day", "place", "state"];
const NUMBERS = new Set(["pages", "passages", "warnings"]); // sorted from the most to the least at first

export const view = () => find(".library");
/** @returns {any} */
const part = (selector) => find(selector, view());
const body = () => part("tbody");

let records = [];
let shown = []; // those that the filter leaves, in order
let made = 0; // how many of them are rows
let order = { by: "", down: false }; // by which column, and whether down; kept in the browser
let asked = 0;
/** @type {string | null} */
let known = null; // the records as they came last
const chosen = new Set();
export const limits = { most: Infinity, kinds: [], hasPrivate: false };

// Asks the server; what cannot be had or done is a line in the place of the reply.
export async function ask(address, sent) {
  const options = sent && {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(sent),
  };
  try {
    const reply = await fetch(address, options || {});
    return reply.ok ? await reply.json() : { error: text("general.out_of_date") };
  } catch {
    return { error: text("general.no_reply") };
  }
}

export function made_of(name, words = "", names = {}) {
  const element = document.createElement(name);
  element.textContent = words;
  for (const [key, value] of Object.entries(names)) element.setAttribute(key, value);
  return element;
}

// A number of records, passages or files.
export const many = (number, what) => text(`library.${what}s`, {}, number);
export const record = (id) => records.find((found) => found.id === id);
export const chosen_ones = () => [...chosen];

export async function refresh() {
  const mine = ++asked;
  const found = await ask("/library/records");
  if (mine !== asked) return; // a later question has a newer answer
  trouble(found.error ?? "");
  if (found.error) return;
  Object.assign(limits, { most: found.most, kinds: found.kinds, hasPrivate: found.has_private });
  sayReadOnly(found.read_only);
  offer(Boolean(found.read_only));
  const [before, now] = [known, JSON.stringify(found.records)];
  if (now === before) return;
  known = now;
  records = found.records;
  for (const record of records) record.searched = folded(searchedIn(record));
  const ids = new Set(records.map(({ id }) => id));
  for (const id of chosen) if (!ids.has(id)) chosen.delete(id);
  fill(made); // as many rows as there were, so that nothing jumps
  if (before !== null) tellOthers();
}

export const isReadOnly = (id) => view().classList.contains("reads") && !record(id)?.private;

// A user who may not change the records sees the reason in place of the buttons that would be refused.
function sayReadOnly(reason) {
  view().classList.toggle("reads", Boolean(reason));
  const own = limits.hasPrivate ? text("library_rights.may_keep") : "";
  part(".read-only").textContent = reason ? text("library_rights.read_only", { reason }) + own : "";
  part(".read-only").hidden = !reason;
}

function trouble(line) {
  const place = part("p.trouble");
  place.textContent = line;
  place.hidden = !line;
}

// The chat's filters and counts, the list beside it and the evidence depend on the records, too.
function tellOthers() {
  document.querySelector("#library-changed")?.click();
  if (shows("records")) show("/records", false);
  const read = shelf()?.querySelector("[data-add-marked]")?.dataset.addMarked;
  if (read && !record(read)) close();
  if (shows("evidence")) evidence.actions["[data-evidence]"]();
  else evidence.count();
}

// Without the accents of Latin letters: what is typed without them finds what has them.
const folded = (words) => words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFKC").toLowerCase();
const searchedIn = (record) => [...SEARCHED.map((name) => record[name]), ...record.warnings].join(" ");

function sortKey(record) {
  if (order.by === "warnings") return record.warnings.length || "";
  if (order.by === "first_day") return record.first_day || record.forum;
  return record[order.by] ?? "";
}

function compared(one, other) {
  const [a, b] = [sortKey(one), sortKey(other)];
  if ((a === "") !== (b === "")) return a === "" ? 1 : -1; // what is not known stands last, whichever way
  const by = typeof a === "number" ? a - b : SORTED.compare(a, b);
  return (order.down ? -by : by) || SORTED.compare(one.title, other.title) || SORTED.compare(one.name, other.name);
}

function keptOrder() {
  const [by, way] = (localStorage.getItem(ORDER) ?? "").split(" ");
  const isColumn = [...view().querySelectorAll("[data-sort]")].some(({ dataset }) => dataset.sort === by);
  return isColumn ? { by, down: way === "down" } : { by: "title", down: false };
}

function fill(least = 0) {
  if (!order.by) order = keptOrder();
  const held = holding();
  const wanted = folded(part("input[type=search]").value).split(/\s+/).filter(Boolean);
  shown = records.filter(({ searched }) => wanted.every((word) => searched.includes(word))).sort(compared);
  body().replaceChildren();
  made = 0;
  more(Math.max(AT_ONCE, least, held ? shown.findIndex(({ id }) => id === held.id) + 1 : 0));
  part("table").hidden = !shown.length;
  part("table").classList.toggle("unpaged", !records.some(({ pages }) => pages));
  part("table").classList.toggle("unwarned", !records.some(({ warnings }) => warnings.length));
  say(wanted.length);
  showOrder();
  showChosen();
  if (held) focusOn(held);
}

// Which control of which row has the focus, so that it has it again when the rows are made anew.
function holding() {
  const active = /** @type {HTMLElement} */ (document.activeElement);
  const id = active?.closest?.(".library tr[data-record]")?.dataset.record;
  return id && { id, what: active.dataset.act ? `[data-act="${active.dataset.act}"]` : "input" };
}

// Its row may be gone; the focus is never lost.
function focusOn(held) {
  const control = held && body().querySelector(`tr[data-record="${held.id}"] ${held.what}`);
  (control || part("input[type=search]")).focus({ preventScroll: true });
}

/** @type {ReturnType<typeof holding>} */
let left; // what had the focus before the dialog

export function openDialog(dialog) {
  left = holding();
  dialog.showModal();
}

// What a dialog was opened for is not so any more: it gives way to a line above the table, as that is now.
export async function giveWay(dialog, line) {
  dialog.close();
  await refresh();
  tell(line);
}

export function bringIntoSight(id) {
  body().querySelector(`tr[data-record="${id}"]`)?.scrollIntoView({ block: "nearest" });
}

function say(filtered) {
  const passages = records.reduce((sum, record) => sum + record.passages, 0);
  part(".counts").textContent = text("library.counts", {
    records: many(records.length, "record"),
    passages: many(passages, "passage"),
  });
  part(".matches").textContent = filtered
    ? text("library.matches", { shown: shown.length.toLocaleString("en"), records: many(records.length, "record") })
    : "";
  const empty = part("p.empty");
  empty.hidden = shown.length > 0;
  empty.textContent = text(records.length ? "library.no_match" : "library.empty");
}

function more(count) {
  const next = shown.slice(made, made + count);
  made += next.length;
  body().append(...next.map(rowOf));
  reached.disconnect();
  if (made < shown.length) reached.observe(body().lastElementChild);
}

const reached = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && more(AT_ONCE), {
  rootMargin: "600px",
});

function rowOf(record) {
  const row = made_of("tr", "", { "data-record": record.id, class: record.private ? "private" : "" });
  const box = made_of("input", "", { type: "checkbox", "aria-label": text("library.choose", { title: record.title }) });
  box.checked = chosen.has(record.id);
  const choice = made_of("td", "", { class: "choice" });
  choice.append(box);
  row.append(choice, titleOf(record));
  const cell = (name, label, words) =>
    row.append(made_of("td", words, { class: name, "data-label": text(`library.column_${label}`) }));
  cell("publisher", "publisher", record.publisher);
  cell("published", "published", record.published);
  cell("first_day", "meeting", [record.forum, record.days].filter(Boolean).join(text("library.between")));
  cell("pages", "pages", record.pages?.toLocaleString("en") ?? "");
  cell("passages", "passages", record.passages.toLocaleString("en"));
  cell("state", "state", record.state);
  const [first, ...others] = record.warnings;
  const more = others.length ? text("library.more_warnings", {}, others.length) : "";
  cell("warnings", "warnings", first ? first + more : "");
  return row;
}

function titleOf(record) {
  const cell = made_of("td", "", { class: "title" });
  const about = made_of("span", "", { class: "about" });
  const acts = made_of("span", "", { class: "acts" });
  about.append(made_of("span", record.name, { class: "name" }), ...(record.private ? [mark()] : []), acts);
  const act = (what) => {
    const name = text(`library.${what}_label`, { title: record.title });
    acts.append(made_of("button", text(`library.${what}`), { type: "button", "data-act": what, "aria-label": name }));
  };
  act("facts");
  if (record.original) act("original");
  if (record.private) act("share");
  act("remove");
  cell.append(made_of("a", record.title, { class: "open", "data-act": "open", href: `#cite-${record.id}` }), about);
  return cell;
}

function sort(by, down = order.by === by ? !order.down : NUMBERS.has(by)) {
  order = { by, down };
  localStorage.setItem(ORDER, `${by} ${down ? "down" : "up"}`);
  tell("");
  fill();
}

function showOrder() {
  for (const heading of view().querySelectorAll("th[aria-sort]")) {
    const sorted = heading.classList.contains(order.by);
    heading.setAttribute("aria-sort", sorted ? (order.down ? "descending" : "ascending") : "none");
  }
  part(".order select").value = order.by;
  const turn = part("[data-turn]");
  turn.textContent = order.down ? "↓" : "↑";
  turn.setAttribute("aria-label", text(order.down ? "library.descending" : "library.ascending"));
}

function showChosen() {
  const all = part("[data-choose-all]");
  const here = shown.filter(({ id }) => chosen.has(id)).length;
  all.checked = here > 0 && here === shown.length;
  all.indeterminate = here > 0 && here < shown.length;
  const hidden = chosen.size - here;
  part(".chosen").hidden = !chosen.size;
  part(".chosen strong").textContent = text(
    hidden ? "library.chosen_hidden" : "library.chosen",
    { records: many(chosen.size, "record") },
    hidden,
  );
}

function choose(box) {
  const id = box.closest("tr[data-record]")?.dataset.record;
  for (const one of id ? [id] : shown.map((found) => found.id)) {
    if (box.checked) chosen.add(one);
    else chosen.delete(one);
  }
  if (!id) for (const each of body().querySelectorAll("input")) each.checked = box.checked;
  showChosen();
}

function chooseNone() {
  chosen.clear();
  for (const each of body().querySelectorAll("input")) each.checked = false;
  showChosen();
  part("input[type=search]").focus();
}

// What was just done, until something else is.
export function tell(line, button = null) {
  part(".saying").replaceChildren(...[line, button].filter(Boolean));
}

export const idOf = (button) => button.closest("[data-record]").dataset.record;

// Fetched and saved by the script, so that a refusal is a line on the page and not a broken file.
async function original(button) {
  const found = record(idOf(button));
  tell("");
  try {
    const reply = await fetch(`/library/original/${found.id}`);
    if (!reply.ok) {
      const { error: line } = await reply.json();
      await refresh();
      return tell(line);
    }
    save(await reply.blob(), fileName(reply));
  } catch {
    tell(text("general.no_reply"));
  }
}

document.addEventListener("view", ({ detail: which }) => {
  if (which !== "library") return;
  document.body.classList.remove("panel-open");
  refresh();
});
window.addEventListener("focus", () => document.querySelector(".library") && refresh()); // another window or a command may have changed the library
// The browser gives the focus back, but not where the rows were made anew meanwhile.
document.addEventListener(
  "close",
  (event) => {
    /** @type {HTMLDialogElement | null} */
    const dialog = at(event, ".library dialog");
    if (!dialog) return;
    const focused = document.activeElement; // for a moment still what it was in the dialog
    if (focused === document.body || dialog.contains(focused)) focusOn(left);
  },
  true,
);
document.addEventListener("input", (event) => {
  if (!at(event, ".library input[type=search]")) return;
  tell("");
  fill();
});
document.addEventListener("change", (event) => {
  const box = at(event, ".library table input[type=checkbox]");
  if (box) choose(box);
  const column = at(event, ".library .order select")?.value;
  if (column) sort(column, NUMBERS.has(column));
});

export const actions = {
  ".library [data-sort]": (button) => sort(button.dataset.sort),
  ".library [data-turn]": () => sort(order.by),
  ".library [data-choose-none]": chooseNone,
  '.library [data-act="original"]': original,
  ".library [data-dismiss-dialog]": (button) => button.closest("dialog").close(),
};
