// The printed page of a PDF in place of its text, or beside it in a wide panel, with the cited words marked.

import { find } from "../elements.js";
import { ask, made_of } from "../library/library.js";
import { text } from "../texts.js";
import { bring, lastBefore, openRecord, openText, readBlock, sourceOf } from "./places.js";

let isOpen = false; // also for the next record with pages
let page = 1;
let asked = 0;

/** @returns {HTMLButtonElement} */
const button = () => find("[data-picture]", openRecord());
const most = () => Number(button().dataset.mostPages);
const pageOf = () => text("printed.page_of", { page }, most());
/** @returns {HTMLElement | null} */
const figure = () => document.querySelector(".panel .shelf .printed");
const part = (selector) => find(`.printed ${selector}`, openRecord());

// The page of the cited words, else the one that is read.
function pageHere() {
  if (button().dataset.pageOfWords) return Number(button().dataset.pageOfWords);
  const marks = [...openText().querySelectorAll("[data-from]")];
  const mark = lastBefore(marks, Number(readBlock()?.dataset.at ?? 0), ({ dataset }) => Number(dataset.from));
  return Number(mark?.dataset.number ?? 1);
}

function open() {
  const first = pageHere(); // measured before the text gives way
  const steps = [
    made_of("button", "‹", { type: "button", "data-page-step": -1, "aria-label": text("printed.before") }),
    made_of("span", "", { class: "which", role: "status" }),
    made_of("button", "›", { type: "button", "data-page-step": 1, "aria-label": text("printed.next") }),
    made_of("button", text("printed.larger"), { type: "button", "data-page-size": "", "aria-pressed": "false" }),
  ];
  const bar = made_of("div", "", { class: "steps" });
  bar.append(...steps);
  const sheet = made_of("div", "", { class: "sheet", tabindex: 0, role: "region", "aria-label": text("printed.region") });
  const made = made_of("figure", "", { class: "printed" });
  made.append(bar, sheet);
  openText().before(made);
  openRecord().classList.add("with-picture");
  button().setAttribute("aria-pressed", "true");
  draw(first);
}

function close() {
  figure()?.remove();
  openRecord().classList.remove("with-picture");
  button().setAttribute("aria-pressed", "false");
}

async function draw(number) {
  page = number;
  const mine = ++asked;
  for (const step of openRecord().querySelectorAll(".printed [data-page-step]")) {
    const next = page + Number(step.dataset.pageStep);
    step.toggleAttribute("disabled", next < 1 || next > most());
  }
  say(`${pageOf()} …`);
  const found = await ask(`/source/${encodeURIComponent(sourceOf())}/page/${page}`);
  if (mine !== asked || !figure()) return;
  say(found.error ?? pageOf());
  part(".sheet").replaceChildren(...(found.error ? [] : [sheetOf(found)]));
  const first = openRecord().querySelector(".printed .box");
  if (first) bring(first, part(".sheet"));
}

const say = (line) => {
  part(".which").textContent = line;
};

function sheetOf({ picture, boxes, width, height }) {
  const paper = made_of("div", "", { class: "paper" });
  const words = text("printed.picture", { page });
  const image = made_of("img", "", { src: picture, alt: words, width, height });
  paper.append(image, ...boxes.map(boxOf));
  return paper;
}

function boxOf([left, top, width, height]) {
  const box = made_of("span", "", { class: "box" });
  Object.assign(box.style, { left: share(left), top: share(top), width: share(width), height: share(height) });
  return box;
}
const share = (part) => `${(part * 100).toFixed(2)}%`;

function resize(size) {
  const isLarge = find(".printed", openRecord()).classList.toggle("large");
  size.setAttribute("aria-pressed", String(isLarge));
  const first = openRecord().querySelector(".printed .box");
  if (first) bring(first, part(".sheet"));
}

// What is looked for in the text is seen in the text.
export function showText() {
  if (!figure() || openText().clientHeight) return;
  isOpen = false;
  close();
}

function toggle() {
  isOpen = !figure();
  if (isOpen) open();
  else close();
}

document.addEventListener("shown", ({ detail: what }) => {
  if (what === "source" && isOpen && document.querySelector(".panel .shelf [data-picture]")) open();
});

export const actions = {
  "[data-page-size]": resize,
  "[data-picture]": toggle,
  "[data-page-step]": (step) => draw(page + Number(step.dataset.pageStep)),
};
