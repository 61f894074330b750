// A field in the place of a name: Enter or leaving it renames, Escape keeps the name.

import { text } from "./texts.js";

/**
 * @param {HTMLElement} name the element that shows the name
 * @param {number} longest most characters of a name
 * @param {(words: string) => void} rename called once with the new name
 * @param {() => void} focus called when the old name is kept
 */
export function editName(name, longest, rename, focus) {
  const field = document.createElement("input");
  field.dataset.newName = "";
  field.value = name.textContent;
  field.maxLength = longest;
  field.setAttribute("aria-label", text("history.new_name"));
  name.hidden = true;
  name.after(field);
  let ended = false; // leaving the field comes with either key
  const end = (work) => {
    if (ended) return;
    ended = true;
    field.removeAttribute("data-new-name");
    work();
  };
  const take = () => rename(field.value.toWellFormed?.() ?? field.value); // half a character is none for the server
  const keep = () => {
    name.hidden = false;
    field.remove();
    focus();
  };
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === "Enter" ? take : keep);
  });
  field.addEventListener("focusout", () => end(take));
  field.focus();
  field.select();
}
