// The export's dialog, and citations for the clipboard.

import { find } from "./elements.js";
import { settled } from "./evidence.js";
import { reply, tell } from "./source_panel.js";
import { text } from "./texts.js";

const STYLE = "rapporteur-style";
const FOOTNOTES = "rapporteur-footnotes";
/** @returns {HTMLDialogElement} */
const dialog = () => find("#export");
/** @returns {HTMLSelectElement} */
const chosen = (name) => find(`[name="${name}"]`, dialog());
let address = "";

function open(from, what) {
  address = from;
  find(".of", dialog()).textContent = what;
  say("");
  chosen("style").value = kept();
  chosen("footnotes").value = keptOf("footnotes", FOOTNOTES, "link");
  dialog().showModal();
}

// The style that was chosen last, if there still is such a one.
export const kept = () => keptOf("style", STYLE, "apa");

function keptOf(name, key, otherwise) {
  const value = localStorage.getItem(key);
  return [...chosen(name).options].some((option) => option.value === value) ? value : otherwise;
}

function say(line) {
  find(".told", dialog()).textContent = line;
}

async function download() {
  const style = chosen("style").value;
  const footnotes = chosen("footnotes").value;
  localStorage.setItem(STYLE, style);
  localStorage.setItem(FOOTNOTES, footnotes);
  say(text("export.writing"));
  await settled();
  try {
    const query = new URLSearchParams({ format: chosen("format").value, style, footnotes });
    const reply = await fetch(`${address}?${query}`);
    const name = fileName(reply);
    if (!name) return say(new DOMParser().parseFromString(await reply.text(), "text/html").body.textContent);
    save(await reply.blob(), name);
    say(text("export.saved", { name }));
  } catch {
    say(text("general.no_reply"));
  }
}

// The name under which the server has a file saved; undefined where it sends none.
export function fileName(reply) {
  const encoded = reply.headers.get("content-disposition")?.split("UTF-8''")[1];
  return encoded && decodeURIComponent(encoded);
}

export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function copy(button) {
  const style = kept();
  const asked = new URLSearchParams({ form: button.dataset.form, style });
  try {
    const found = JSON.parse(await reply(`/citation/${encodeURIComponent(button.dataset.copy)}?${asked}`));
    if (found.error) return tell(button, found.error);
    await put(found);
    tell(button, text("export.copied"));
  } catch {
    tell(button, text("export.no_copy"));
  }
}

export async function put({ plain, html }) {
  if (!html || !window.ClipboardItem) return navigator.clipboard.writeText(plain);
  const as = (type, words) => [type, new Blob([words], { type })];
  const forms = Object.fromEntries([as("text/plain", plain), as("text/html", html)]);
  return navigator.clipboard.write([new ClipboardItem(forms)]);
}

// The chat's own button has told the server; its answer is the conversation's name there, or nothing.
document.addEventListener("export-talk", ({ detail: name }) => {
  if (name) open(`/export/conversation/${encodeURIComponent(name)}`, text("export.conversation"));
});

export const actions = {
  "[data-export]": () => open("/export/evidence", text("export.evidence")),
  "[data-download]": download,
  "[data-dismiss]": () => dialog().close(),
  "[data-copy]": copy,
};
