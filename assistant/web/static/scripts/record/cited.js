// The quotations of an answer in the open record: which one is shown, and the steps to the others.

import { find } from "../elements.js";
import { openCited } from "../source_panel.js";
import { text } from "../texts.js";
import { article, sourceOf } from "./places.js";

const placeOf = (marker) => marker.getAttribute("href").split("#cite-")[1];

// The answer whose marker was clicked, else the last one that quotes this record.
function markers() {
  const record = sourceOf().split("-")[0];
  const clicked = document.querySelector("#chat a.shown")?.closest('[data-testid="bot"]');
  const answers = clicked ? [clicked] : [...document.querySelectorAll('#chat [data-testid="bot"]')].reverse();
  for (const answer of answers) {
    const own = [...answer.querySelectorAll(`a.marker[href*="#cite-${record}-"]`)];
    if (own.length) return [...new Map(own.map((marker) => [placeOf(marker), marker])).values()];
  }
  return [];
}

function write() {
  const nav = article()?.querySelector(".cited");
  if (!nav) return;
  const all = markers();
  const at = all.findIndex((marker) => placeOf(marker) === sourceOf());
  nav.hidden = !all.length;
  find(".which", nav).textContent = which(all, at);
  for (const button of nav.querySelectorAll("button")) button.hidden = all.length === 1 && at === 0;
}

function which(all, at) {
  if (at < 0) return text("record.quoted", {}, all.length);
  const marker = all[at].textContent;
  return all.length === 1 ? marker : text("record.which", { marker, place: at + 1 }, all.length);
}

async function step(button) {
  const by = Number(button.dataset.cited);
  const all = markers();
  const at = all.findIndex((marker) => placeOf(marker) === sourceOf());
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
  await openCited(all[next]);
  article()?.querySelector(`[data-cited="${by}"]`)?.focus({ preventScroll: true });
}

document.addEventListener("shown", write);

export const actions = { "[data-cited]": step };
