// The line above the text of a record: the part, the page or the time of the talk that is read.

import { text } from "../texts.js";
import { article, lastBefore, openRecord, openText, readBlock, textBox } from "./places.js";

let first = ""; // what the server wrote: the place of the cited words
let drawing = 0;
let shown = null; // the part that a search or the outline has led to

// States the place of a part for as long as it is seen.
export function state(part) {
  shown = part;
  drawing ||= requestAnimationFrame(write);
}

// The heading or speaker above a part of the text, and its page or time.
export function placeOf(block) {
  const offset = Number(block.dataset.at);
  const parts = [...openRecord().querySelectorAll("[data-part]")];
  const part = lastBefore(parts, offset, ({ dataset }) => Number(dataset.part));
  const marks = [...openText().querySelectorAll("[data-from]")];
  const page = lastBefore(marks, offset, ({ dataset }) => Number(dataset.from))?.dataset.page ?? (marks.length ? text("record.page") : "");
  const time = page ? "" : part?.querySelector(".about")?.textContent;
  return [part?.querySelector(".label").textContent, time, page].filter(Boolean).join(" · ");
}

function write() {
  drawing = 0;
  const line = article()?.querySelector(".path");
  const top = textBox() && readBlock();
  if (!line || !top) return;
  if (shown && isSeen(shown)) {
    line.textContent = placeOf(shown);
    return;
  }
  shown = null;
  const cited = openText().querySelector("mark");
  if (cited && isSeen(cited)) line.innerHTML = first; // the server's own line
  else line.textContent = placeOf(top);
}

function isSeen(element) {
  const [own, box] = [element.getBoundingClientRect(), openText().getBoundingClientRect()];
  return own.bottom > box.top && own.top < box.bottom;
}

// Scrolling is told by the element itself and does not bubble.
document.addEventListener(
  "scroll",
  ({ target }) => {
    if (target === textBox() && !drawing) drawing = requestAnimationFrame(write);
  },
  true,
);
document.addEventListener("shown", ({ detail: what }) => {
  shown = null;
  first = article()?.querySelector(".path")?.innerHTML ?? "";
  if (what === "source") drawing ||= requestAnimationFrame(write);
});
