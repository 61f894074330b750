// Places in the text of the open record: the parts that the server sent, and the words in them.

import { find } from "../elements.js";

// The open record, and the box of its text; null while none is open.
/** @returns {HTMLElement | null} */
export const article = () => document.querySelector(".panel .shelf .source");
/** @returns {HTMLElement | null} */
export const textBox = () => document.querySelector(".panel .shelf .source .text");
// The same where one is open.
export const openRecord = () => find(".panel .shelf .source");
export const openText = () => find(".panel .shelf .source .text");
export const sourceOf = () => openRecord().dataset.source ?? "";
export const blocks = () => [...(textBox()?.querySelectorAll("[data-at]") ?? [])];

// A range over the characters of an element from one offset to another, in units of its text.
export function rangeIn(element, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  range.selectNodeContents(element);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const length = node.data.length;
    if (start >= before && start < before + length) range.setStart(node, start - before);
    if (end > before && end <= before + length) {
      range.setEnd(node, end - before);
      break;
    }
    before += length;
  }
  return range;
}

// The units of text that so many code points take.
export const units = (text, points) => Array.from(text).slice(0, points).join("").length;

const FRAMES = 8; // in which parts around a place may still take their real height
let brought = 0; // the place that was asked for last is the one that stays in sight

// Scrolls the text, or another box, not the page, until a place stands in the upper third.
export function bring(place, box = textBox()) {
  if (box) step(place, box, ++brought, FRAMES);
}

// A part far away has its real height only once it is drawn: each step corrects the one before.
function step(place, box, mine, left) {
  if (mine !== brought || !box.isConnected) return;
  const down = place.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop = Math.max(0, box.scrollTop + down / (box.currentCSSZoom ?? 1) - box.clientHeight / 4);
  if (left) requestAnimationFrame(() => step(place, box, mine, left - 1));
}

// A reader who scrolls goes elsewhere.
document.addEventListener("wheel", () => brought++, { passive: true });
document.addEventListener("touchmove", () => brought++, { passive: true });

const EDGE = 8; // pixels of a part that count as none
const READ_AT = 0.27; // share of the height that stands above the line which is read, just below where `bring` puts it

// The first part that is seen.
export const topBlock = () => blockAt(EDGE);

// The part that is read: in a text that was scrolled not the first one that is seen.
export const readBlock = () => blockAt(openText().scrollTop ? openText().clientHeight * READ_AT : EDGE);

function blockAt(down) {
  const box = openText();
  const edge = box.getBoundingClientRect().top + down * (box.currentCSSZoom ?? 1);
  const all = blocks();
  let [low, high] = [0, all.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle].getBoundingClientRect().bottom > edge) high = middle;
    else low = middle + 1;
  }
  return all[low] ?? null;
}

// The last of some places that is not behind an offset, by the offset that each states.
export function lastBefore(places, offset, offsetOf) {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsetOf(places[middle]) <= offset) low = middle + 1;
    else high = middle;
  }
  return places[low - 1] ?? null;
}
