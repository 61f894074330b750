// Arrow up in the empty box takes the last question back, to be asked in other words in its place.

import { find } from "./elements.js";
import { at, within } from "./events.js";
import { text } from "./texts.js";

export const BOX = "#question textarea";
/** @returns {HTMLTextAreaElement} */
export const box = () => find(BOX);
let editing = false;

export function write(words) {
  box().value = words;
  box().dispatchEvent(new Event("input", { bubbles: true }));
}

function begin() {
  const questions = document.querySelectorAll("#chat .question");
  if (!questions.length) return false;
  editing = true;
  write(questions[questions.length - 1].textContent);
  say(text("general.edit_hint"));
  return true;
}

function end() {
  editing = false;
  say("");
}

// Shows a line above the box.
export function say(line) {
  const field = find("#question");
  let hint = field.querySelector(".editing");
  if (!hint) {
    hint = document.createElement("p");
    hint.className = "editing";
    hint.setAttribute("role", "status");
    field.prepend(hint);
  }
  hint.textContent = line;
}

// Before Gradio's own handling of Enter and of the button.
document.addEventListener(
  "keydown",
  (event) => {
    if (!at(event, BOX) || event.isComposing) return;
    if (event.key === "ArrowUp" && !box().value && !editing) {
      if (begin()) event.preventDefault();
    } else if (event.key === "Escape" && editing) {
      write("");
      end();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey && editing) {
      ask(event);
    }
  },
  true,
);
document.addEventListener(
  "click",
  (event) => {
    if (editing && within(event, "#question .submit-button")) ask(event);
  },
  true,
);

function ask(event) {
  event.preventDefault();
  event.stopPropagation();
  if (!box().value.trim()) return;
  end();
  find("#edit-last").click();
}
