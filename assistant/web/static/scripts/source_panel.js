// The panel beside the chat: records, one source, or the evidence. All HTML that is put into it comes escaped from the
// server.

import * as address from "./address.js";
import { find } from "./elements.js";
import { bring } from "./record/places.js";
import { text } from "./texts.js";

const SAID = 5000; // milliseconds that a line on top of the panel stays
/** @type {HTMLElement | null} */
let opener = null;
let asked = 0; // what was asked for last is shown, though an earlier reply comes later

export const panel = () => find(".panel");
export const shelf = () => find(".panel .shelf");
export const isBuilt = () => Boolean(document.querySelector(".panel .shelf")); // by Gradio
export const shows = (what) => isBuilt() && panel().dataset.shows === what;

// A reply of the server as text; a line that says so where there is none.
export async function reply(path, options = {}) {
  try {
    return await (await fetch(path, options)).text();
  } catch {
    return `<p class="empty">${text("general.no_reply")}</p>`;
  }
}

// The reply to values that are sent as JSON.
export const send = (path, sent) =>
  reply(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(sent) });

// Says a line where the reader just clicked: below the source, above the report's findings, or on top of the panel.
export function tell(near, line) {
  const place =
    near?.closest?.(".source")?.querySelector(".told") ??
    near?.closest?.(".check")?.querySelector(".progress") ??
    document.querySelector(".panel .said");
  if (!place) return;
  place.textContent = line;
  place.classList.add("done");
  if (place.matches(".said")) {
    setTimeout(() => {
      if (place.textContent === line) place.textContent = "";
    }, SAID);
  }
}

export function put(html, what) {
  asked++;
  panel().dataset.shows = what;
  if (what !== "source") address.write({ document: "", span: "" });
  find(".said", panel()).textContent = "";
  for (const list of ["evidence", "history"]) {
    find(`[data-${list}]`, panel()).setAttribute("aria-pressed", String(what === list));
  }
  // A list that is set anew after each click would be read out whole each time.
  // Nor is a whole record, to whose title the focus goes.
  shelf().setAttribute("aria-live", ["evidence", "history", "source"].includes(what) ? "off" : "polite");
  shelf().innerHTML = html;
  shelf().scrollTop = 0;
  bringIntoView();
  shelf().dispatchEvent(new CustomEvent("shown", { bubbles: true, detail: what }));
}

export async function show(path, open) {
  if (!isBuilt()) return;
  const what = path === "/records" ? "records" : "source";
  if (open) document.body.classList.add("panel-open");
  const mine = ++asked;
  const html = await reply(path, { headers: { accept: "text/html" } });
  if (mine !== asked) return;
  put(html, what);
  if (what === "source") name(path);
  if (open) focusHeading();
}

// Puts the record and the words that the panel shows into the address.
function name(path) {
  const [record, ...span] = decodeURIComponent(path.slice("/source/".length).split("?")[0]).split("-");
  address.write({ document: record, span: span.join("-") });
}

// Shows the record that the address names, else the list of records.
export function showAddressed() {
  const place = [address.read("document"), address.read("span")].filter(Boolean).join("-");
  return place ? show(`/source/${encodeURIComponent(place)}`, true) : show("/records", false);
}

window.addEventListener("popstate", () => address.read("document") && showAddressed());

export const focusHeading = () => shelf().querySelector("h2")?.focus({ preventScroll: true });

// The record's text scrolls in a box of its own, below its facts.
function bringIntoView() {
  const mark = shelf().querySelector("mark");
  if (mark) bring(mark);
}

export function close() {
  document.body.classList.remove("panel-open");
  opener?.focus?.();
  opener = null;
  show("/records", false);
}

export function openCited(link) {
  document.querySelector("a.shown")?.classList.remove("shown");
  if (!link.closest(".panel")) {
    opener = link;
    link.classList.add("shown");
  }
  const shown = show(`/source/${encodeURIComponent(link.getAttribute("href").split("#cite-")[1])}`, true);
  link.scrollIntoView({ block: "nearest" }); // what stands beside the panel has less room
  return shown;
}

export const actions = {
  "[data-records]": (button) => {
    if (!button.closest(".panel")) opener = button;
    return show("/records", true);
  },
  "[data-close]": close,
  "[data-whole]": (button) => show(`/source/${encodeURIComponent(button.dataset.whole)}?whole=true`, true),
  'a[href*="#cite-"]': openCited,
};

export const openedBy = (button) => {
  if (!button.closest(".panel")) opener = button;
};
