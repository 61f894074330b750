// Search within the open record: all places with the words are marked, counted, and stepped through.

import { find as part } from "../elements.js";
import { at } from "../events.js";
import { show } from "../source_panel.js";
import { text } from "../texts.js";
import { article, blocks, bring, openRecord, openText, rangeIn, textBox, topBlock } from "./places.js";
import { placeOf, state } from "./place_line.js";
import { showText } from "./pictures.js";

const PAUSE = 120; // milliseconds after the last key
const MARKED = 1000; // places that are marked before and behind the one that is shown
const AROUND = 40; // characters around a place, for a screen reader
const ALIKE = { "‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "–": "-", "—": "-" };

let hits = []; // block, start and end of each place, in units of the block's text
let now = -1;
let waiting = 0;
let texts = new WeakMap(); // block -> its folded text, and where each of its units comes from

/** @returns {HTMLInputElement | null | undefined} */
const field = () => article()?.querySelector(".find input");
/** @returns {NodeListOf<HTMLButtonElement>} */
const steps = () => openRecord().querySelectorAll("[data-find]");
const canMark = () => Boolean(CSS.highlights && window.Highlight);

const known = new Map();

// One character without case, accents and the kinds of quotation marks and dashes.
function foldedCharacter(character) {
  let plain = known.get(character);
  if (plain === undefined) {
    const bare = character.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFKC").toLowerCase();
    plain = [...bare].map((one) => ALIKE[one] ?? one).join("");
    known.set(character, plain);
  }
  return plain;
}
const folded = (words) => [...words].map(foldedCharacter).join("");

function foldedBlock(block) {
  const before = texts.get(block);
  if (before) return before;
  const text = block.textContent;
  const made = sameLength(text) ?? mapped(text);
  texts.set(block, made);
  return made;
}

// The folded text where each character keeps its length, as nearly everywhere; else null.
function sameLength(text) {
  let keeps = true;
  const words = text.replace(/[^ -~\s]/gu, (character) => {
    const plain = foldedCharacter(character);
    keeps &&= plain.length === character.length;
    return plain;
  });
  return keeps ? { words: words.toLowerCase(), at: null } : null;
}

function mapped(text) {
  /** @type {[string[], number[]]} */
  const [parts, at] = [[], []];
  let offset = 0;
  for (const character of text) {
    const plain = foldedCharacter(character);
    parts.push(plain);
    for (let unit = 0; unit < plain.length; unit++) at.push(offset);
    offset += character.length;
  }
  at.push(offset);
  return { words: parts.join(""), at };
}

function pattern(words) {
  const escaped = folded(words.trim()).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(escaped.replace(/\s+/g, "\\s+"), "gu");
}

function find(typed) {
  const wanted = pattern(typed);
  return blocks().flatMap((block) => {
    const { words, at: from } = foldedBlock(block);
    return [...words.matchAll(wanted)].map(({ index, 0: { length } }) => ({
      block,
      start: from ? from[index] : index,
      end: from ? endOf(from, index + length) : index + length,
    }));
  });
}

// Behind the character that the last unit comes from.
function endOf(from, behind) {
  let next = behind;
  while (next < from.length - 1 && from[next] === from[behind - 1]) next++;
  return from[next];
}

const rangeOf = ({ block, start, end }) => rangeIn(block, start, end);

function clear() {
  hits = [];
  now = -1;
  if (canMark()) for (const name of ["found", "found-now"]) CSS.highlights.delete(name);
  for (const block of textBox()?.querySelectorAll(".has-found") ?? []) block.classList.remove("has-found");
}

// The marks are no elements: the text stays as it is, for what is selected in it.
function mark() {
  if (!canMark()) return hits[now]?.block.classList.add("has-found");
  const near = hits.slice(Math.max(0, now - MARKED), now + MARKED).map(rangeOf);
  const others = new Highlight();
  for (const range of near) others.add(range);
  const current = new Highlight(rangeOf(hits[now]));
  current.priority = 1;
  CSS.highlights.set("found", others);
  CSS.highlights.set("found-now", current);
}

function tell() {
  const found = part(".found", openRecord());
  const typed = field()?.value.trim();
  part(".number", found).textContent = hits.length
    ? text("record.match", { place: (now + 1).toLocaleString("en") }, hits.length)
    : typed ? text("record.no_match") : "";
  part(".spoken", found).textContent = hits.length ? spoken(hits[now]) : "";
  for (const button of steps()) button.disabled = !hits.length;
}

function spoken({ block, start, end }) {
  const words = block.textContent.slice(Math.max(0, start - AROUND), end + AROUND);
  return [": ", words, placeOf(block)].filter(Boolean).join(" ");
}

async function search() {
  clearTimeout(waiting);
  waiting = 0;
  clear();
  if (field()?.value.trim()) await showWhole();
  const typed = field()?.value.trim(); // also what was typed meanwhile
  if (typed) {
    hits = find(typed);
    now = hits.length ? Math.max(0, firstSeen()) : -1;
  }
  if (!field()) return;
  if (now >= 0) reach();
  tell();
}

// A long record is shown around the cited words only; all of it is searched.
async function showWhole() {
  /** @type {HTMLElement | null} */
  const whole = openRecord().querySelector("[data-whole]");
  const before = field(); // goes on to hold what is typed until the record is shown whole
  if (!whole || !before) return;
  await show(`/source/${encodeURIComponent(whole.dataset.whole ?? "")}?whole=true`, false);
  const after = field();
  if (!after || after === before) return;
  after.value = before.value;
  after.focus();
  after.setSelectionRange(before.selectionStart, before.selectionStart);
}

// The first place that is not above what is seen, so that a search goes on from where one reads.
function firstSeen() {
  const seen = topBlock();
  const following = Node.DOCUMENT_POSITION_FOLLOWING;
  return hits.findIndex(({ block }) => block === seen || seen.compareDocumentPosition(block) & following);
}

function reach() {
  showText();
  mark();
  bring(rangeOf(hits[now]));
  state(hits[now].block);
}

async function step(by) {
  if (waiting) return search();
  if (!hits.length) return;
  now = (now + by + hits.length) % hits.length;
  if (!canMark()) for (const block of openText().querySelectorAll(".has-found")) block.classList.remove("has-found");
  reach();
  tell();
}

document.addEventListener("input", (event) => {
  if (!at(event, ".find input")) return;
  clearTimeout(waiting);
  waiting = setTimeout(search, PAUSE);
});
document.addEventListener(
  "keydown",
  (event) => {
    const typed = at(event, ".find input");
    if (!typed || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && typed.value) {
      event.preventDefault();
      event.stopPropagation();
      typed.value = "";
      search();
    }
  },
  true,
);
// Another record, or the same one anew, has other parts.
document.addEventListener("shown", () => {
  clear();
  texts = new WeakMap();
});

export function open() {
  field()?.focus();
  field()?.select();
}

export const actions = { "[data-find]": (button) => step(Number(button.dataset.find)) };
