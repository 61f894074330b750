// Enter while an answer is at work, or has only just ended: the question is asked as soon as Gradio takes one.

import { BOX, box, say } from "./edit_last.js";
import { at } from "./events.js";
import { text } from "./texts.js";

const PAUSE = 100; // milliseconds between two tries
const TRIES = 15;

/** @returns {HTMLElement | null} */
const button = () => document.querySelector("#question .submit-button");
let waiting = ""; // the question
let left = 0; // tries
let ended = -Infinity; // when the button came back

export function noticeButton() {
  if (!button()) ended = Infinity;
  else if (ended === Infinity) ended = performance.now();
}

const isFree = () => Boolean(button()) && performance.now() - ended > PAUSE * TRIES;

document.addEventListener(
  "keydown",
  (event) => {
    if (!at(event, BOX) || event.isComposing || event.defaultPrevented) return;
    if (event.key === "Escape" && waiting) {
      end();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey && box().value.trim() && !isFree()) {
      event.preventDefault();
      event.stopPropagation();
      if (!button()) say(text("general.asked_next"));
      const isNew = !waiting;
      waiting = box().value;
      left = TRIES;
      if (isNew) ask();
    }
  },
  true,
);

function ask() {
  // It was taken, or is being changed.
  if (!left || box().value !== waiting) return end();
  if (button()) left -= 1;
  button()?.click();
  setTimeout(ask, PAUSE);
}

function end() {
  waiting = "";
  left = 0;
  say("");
}
