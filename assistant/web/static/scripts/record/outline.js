// The outline of the open record: each line leads to its part of the text.

import { around } from "../elements.js";
import { shelf, show } from "../source_panel.js";
import { actions as printing, showText } from "./pictures.js";
import { state } from "./place_line.js";
import { article, bring, rangeIn, sourceOf, textBox, units } from "./places.js";

const TALL = 900; // pixels of a panel in which the outline is open from the first

async function go(link) {
  const { block: at, offset } = link.dataset;
  if (!partAt(at)) {
    await show(`/source/${encodeURIComponent(sourceOf())}?whole=true`, false);
  }
  showText();
  const part = partAt(at);
  if (!part) return;
  // In a low window the list leaves its place to the text.
  if (shelf().clientHeight < TALL) around("details", link).removeAttribute("open");
  const start = units(part.textContent, Number(offset));
  bring(rangeIn(part, start, start + 1));
  state(part);
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
}

const partAt = (at) => textBox()?.querySelector(`[data-at="${at}"]`);

document.addEventListener("shown", () => {
  /** @type {HTMLDetailsElement | null | undefined} */
  const outline = article()?.querySelector(".outline");
  if (outline) outline.open = shelf().clientHeight >= TALL;
});

export const actions = { ".outline [data-part]": go, ...printing };
