// "Check a report": the file goes to the server, which says how far it is and then what it found.

import { find } from "./elements.js";
import { at, within } from "./events.js";
import { nameLinks } from "./evidence.js";
import { save } from "./export.js";
import { text } from "./texts.js";

const outcome = () => find(".check .outcome");
const progress = () => find(".check .progress");
/** @type {AbortController | null} */
let running = null;
/** @type {{ bytes: BlobPart, name: string } | null} */
let annotated = null;

async function check(file) {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  annotated = null;
  outcome().innerHTML = "";
  progress().classList.remove("done");
  progress().textContent = text("check.reading", { name: file.name });
  try {
    const options = { method: "POST", body: file, signal: mine.signal };
    const sent = await fetch(`/check?${new URLSearchParams({ name: file.name })}`, options);
    const found = sent.ok ? await last(sent, mine) : { error: await refusal(sent) };
    if (mine.signal.aborted) return;
    progress().textContent = "";
    outcome().innerHTML = found.error ?? found.html;
    annotated = found.copy && { bytes: Uint8Array.from(atob(found.copy), (c) => c.charCodeAt(0)), name: found.name };
    nameLinks();
    outcome().querySelector(".summary")?.focus();
  } catch {
    if (!mine.signal.aborted) progress().textContent = text("check.not_sent");
  }
}

async function refusal(sent) {
  const line = document.createElement("p");
  line.className = "refused";
  line.setAttribute("role", "alert");
  line.textContent = sent.status === 413 ? text("check.too_large") : await sent.text();
  return line.outerHTML;
}

// The last line of the reply; those before it say how far the check is.
async function last(sent, mine) {
  const reader = sent.body.pipeThrough(new TextDecoderStream()).getReader();
  let kept = "";
  let line = /** @type {any} */ (null);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (kept + value).split("\n");
    kept = lines.pop() ?? "";
    for (const whole of lines) {
      line = JSON.parse(whole);
      if (line.of && !mine.signal.aborted) {
        const bar = Object.assign(document.createElement("progress"), { max: line.of, value: line.done });
        progress().replaceChildren(bar, text("check.paragraph", { done: line.done, all: line.of }));
      }
    }
  }
  return line;
}

document.addEventListener("change", (event) => {
  const field = at(event, ".check input[type=file]");
  if (!field?.files?.length) return;
  const [file] = field.files;
  check(file).finally(() => (field.value = "")); // so that the same file, corrected, can be chosen again
});
for (const kind of /** @type {const} */ (["dragover", "dragleave", "drop"])) {
  document.addEventListener(kind, (event) => {
    const drop = within(event, ".check");
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer?.files.length) check(event.dataTransfer.files[0]);
  });
}
export const actions = {
  "[data-annotated]": () => annotated && save(new Blob([annotated.bytes]), annotated.name),
};
