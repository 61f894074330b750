// Adding files: they are sent one after the other, and the server says how far each is. What has arrived there is added
// also when this page is closed; opened again, it shows how far that is.

import { home } from "../address.js";
import { find } from "../elements.js";
import { at, within } from "../events.js";
import { ask, limits, made_of, many, refresh, view } from "./library.js";
import { isWanted } from "./private.js";
import { text } from "../texts.js";

const KEPT = `rapporteur-adding${home}`;
const PAUSE = 400; // milliseconds between two questions how far it is
const FULL = 2000; // milliseconds until a file is sent again that found no room
const LISTED = 300; // members of one archive that are listed
const REFRESH = 3000; // milliseconds between two looks at the table while files come in
const own = () => find(".adding", view());
/** @returns {any} */
const part = (selector) => find(selector, own());

let batch = "";
/** @type {any[]} */
let files = []; // each: name, state, stage, done, of, outcomes; and its element
const unsent = [];
/** @type {Promise<void> | null} */
let sending = null;
let unknown = []; // what was told of files that have no number here yet
let told = 0; // the last change that the server told of
let before = 0; // files of others in line before these
let encoding = { encoded: 0, passages: 0, progress: "" }; // of all that was read, as the server tells it
let watching = false;
let refreshed = 0;

// The name of what this page has sent; the browser keeps it as long as the tab is open.
function batchName() {
  if (!batch) {
    batch = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    sessionStorage.setItem(KEPT, batch);
  }
  return batch;
}

function add(chosen, passed = 0) {
  if (!files.some(isAtWork)) forget();
  for (const { file, name: called } of chosen) {
    const entry = entryOf(called);
    if (file.size > limits.most) end(entry, text("upload.too_large", {}, Math.floor(limits.most / 1024 ** 2)));
    else unsent.push({ file, entry });
    entry.isPrivate = isWanted();
  }
  if (passed) {
    const entry = entryOf(text("upload.others"));
    entry.state = "done";
    entry.outcomes.push({ outcome: "skipped", name: "", reason: text("upload.not_read", {}, passed), files: passed });
  }
  own().hidden = false;
  for (const entry of files) draw(entry);
  summary();
  sendAll();
}

function entryOf(called, number = 0) {
  /** @type {any} */
  const entry = { name: called, number, state: "unsent", stage: "", done: 0, of: 0, outcomes: [] };
  entry.element = made_of("li");
  part(".files").append(entry.element);
  files.push(entry);
  return entry;
}

function end(entry, reason) {
  entry.state = "done";
  entry.outcomes.push({ outcome: "refused", name: entry.name, reason });
  draw(entry);
}

const isAtWork = ({ state }) => ["unsent", "sending", "waiting", "working"].includes(state);

function sendAll() {
  sending ??= sendOneByOne().finally(() => (sending = null));
}

async function sendOneByOne() {
  while (unsent.length) {
    const { file, entry } = unsent[0];
    const reply = await send(file, entry);
    if (reply.full) {
      await new Promise((again) => setTimeout(again, FULL));
      continue; // with the same file, unless it was cancelled meanwhile
    }
    unsent.shift();
    if (reply.refused) end(entry, reply.refused);
    else entry.number = reply.number;
    watch();
  }
  summary();
}

async function send(file, entry) {
  entry.state = "sending";
  draw(entry);
  summary();
  const address = `/library/files?${new URLSearchParams({ batch: batchName(), name: entry.name.toWellFormed?.() ?? entry.name, private: String(entry.isPrivate) })}`;
  try {
    const reply = await fetch(address, { method: "POST", body: file });
    if (reply.ok) {
      const found = await reply.json();
      if (!found.refused && entry.state === "sending") entry.state = found.full ? "unsent" : "waiting";
      return found;
    }
    return { refused: text(reply.status === 413 ? "upload.is_large" : "upload.out_of_date") };
  } catch {
    return { refused: text("upload.not_sent") };
  }
}

// Asks how far it is until all is done.
async function watch() {
  if (watching) return;
  watching = true;
  let still = true;
  while (still) {
    const of = batchName();
    const found = await ask(`/library/files?${new URLSearchParams({ batch: of, after: String(told) })}`);
    const mine = of === batch; // not of a list that was closed meanwhile
    still = mine && !found.error ? took(found) : files.some(isAtWork);
    if (mine && found.error) say(found.error, found.error);
    if (still) await new Promise((again) => setTimeout(again, PAUSE));
  }
  watching = false;
  if (files.some(({ outcomes }) => outcomes.length)) await refresh();
}

function took(found) {
  if (!found.of || found.changes < told) return startedAgain();
  told = found.changes;
  before = found.before;
  encoding = found;
  const heard = unknown.splice(0).concat(found.files).map(hear);
  if (heard.some(Boolean) && Date.now() - refreshed > REFRESH) {
    refreshed = Date.now();
    refresh();
  }
  summary();
  return found.working || unknown.length > 0 || files.some(isAtWork);
}

// Whether anything became of a file.
function hear(file) {
  const entry = entryNumbered(file);
  if (!entry) return void unknown.push(file);
  const { outcomes, ...now } = file;
  Object.assign(entry, now);
  entry.outcomes.push(...outcomes);
  draw(entry);
  return outcomes.length > 0;
}

// Rapporteur was started again, and knows nothing of what was sent before; what it counts, it counts anew.
function startedAgain() {
  for (const entry of files.filter(({ number }) => number)) {
    if (isAtWork(entry)) end(entry, text("upload.restarted"));
    entry.number = 0;
  }
  told = 0;
  unknown = [];
  summary();
  return files.some(isAtWork);
}

// What is not known by its number may be the file that is being sent. Afterwards it is one that was sent before the page
// was opened, or of which the reply was lost.
const entryNumbered = ({ number, name: called }) =>
  files.find((entry) => entry.number === number) ?? (sending ? null : entryOf(called, number));

const STAGES = {
  reading: () => text("upload.reading"),
  encoding: ({ done, of }) => text("upload.encoded", { done, passages: many(of, "passage") }),
};

function stageOf(entry) {
  if (entry.state === "unsent") return text("upload.unsent");
  if (entry.state === "sending") return text("upload.sending");
  if (entry.state === "waiting" && entry.stage === "read") return text("upload.read_waits", { passages: many(entry.of, "passage") });
  if (entry.state === "waiting") return text(entry.stage === "reading" ? "upload.checking" : "upload.waits");
  if (entry.state === "working") return STAGES[entry.stage]?.(entry) ?? text("upload.begins");
  return entry.outcomes.length ? "" : text("upload.cancelled_stage");
}

function draw(entry) {
  const [only] = entry.outcomes;
  const several = entry.outcomes.length > 1 || (only && entry.outcomes.length && isAtWork(entry));
  const line = made_of("p");
  line.append(made_of("span", entry.name, { class: "name" }), " ");
  const stage = stageOf(entry);
  if (stage) line.append(made_of("span", stage, { class: "stage" }), " ");
  entry.element.replaceChildren(line);
  if (!entry.outcomes.length) return;
  if (several) {
    line.append(made_of("span", counted(entry.outcomes), { class: "stage" }));
    entry.element.append(listOf(entry.outcomes));
  } else {
    outcomeOf(only, line, only.name && only.name !== entry.name.split("/").at(-1));
  }
}

const needsEye = ({ outcome, warnings = [], citations }) => outcome === "refused" || warnings.length > 0 || Boolean(citations);

// What needs the reader's eye comes first; of thousands the rest is only counted.
function listOf(outcomes) {
  const list = made_of("ol");
  const sorted = [...outcomes.filter(needsEye), ...outcomes.filter((outcome) => !needsEye(outcome))];
  list.append(...sorted.slice(0, LISTED).map((outcome) => outcomeOf(outcome, made_of("li"), true)));
  const more = sorted.slice(LISTED);
  if (more.length) list.append(made_of("li", text("upload.more", { counts: counted(more) })));
  return list;
}

function outcomeOf(found, place, named) {
  const { outcome, name: called, reason, warnings = [], citations = "" } = found;
  const words = outcome === "same" ? text("upload.same_as", { name: found.document }) : text(`upload.${outcome}`);
  if (named) place.append(made_of("span", called, { class: "name" }), " ");
  place.append(made_of("span", words, { class: `outcome went-${outcome.replace(/\W/g, "-")}` }));
  const more = [reason, citations, ...warnings].filter(Boolean).join("; ");
  if (more) place.append(`: ${more}`);
  return place;
}

const ORDER = ["added", "replaced", "unchanged", "same", "renamed", "refused", "skipped", "cancelled"];

function counted(outcomes) {
  const counts = new Map(ORDER.map((outcome) => [outcome, 0]));
  for (const { outcome, files: number = 1 } of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + number);
  return [...counts]
    .filter(([, count]) => count)
    .map(([outcome, count]) => text("upload.count", { outcome: text(`upload.${outcome}`) }, count))
    .join(text("upload.between"));
}

function summary() {
  const left = files.filter(isAtWork);
  const done = files.length - left.length;
  const working = left.find(({ state }) => state === "working");
  const isSent = !left.some(({ state }) => state === "unsent" || state === "sending");
  const { encoded, passages, progress } = encoding;
  const bar = part("progress");
  bar.max = (isSent && passages) || files.length || 1;
  bar.value = isSent && passages ? encoded : done;
  showButtons(left.length > 0);
  if (!left.length) part(".files").append(...[...files].sort(byUrgency).map(({ element }) => element));
  const waits = before ? text("upload.others_first", {}, before) : stageOf(left[0] ?? { outcomes: [] });
  const now = working ? progress || text("upload.now", { name: working.name, stage: stageOf(working) }) : waits;
  const ends = text("upload.ends", { files: many(files.length, "file"), counts: counted(files.flatMap(outcomesOf)) });
  // Each passage read out would be too much: screen readers hear of whole files.
  const all = files.length;
  if (left.length) say(text("upload.done", { done, all, now }), text("upload.done_spoken", { done, all }));
  else say(ends, ends);
}

function say(line, spoken) {
  part(".told").textContent = line;
  if (part(".spoken").textContent !== spoken) part(".spoken").textContent = spoken;
}

function showButtons(atWork) {
  const [cancel, close] = [part("[data-cancel]"), part("[data-forget]")];
  const focused = document.activeElement === cancel;
  cancel.hidden = !atWork;
  close.hidden = atWork;
  if (focused && !atWork) close.focus();
}

const byUrgency = (one, other) => other.outcomes.some(needsEye) - one.outcomes.some(needsEye);

const outcomesOf = ({ outcomes }) => (outcomes.length ? outcomes : [{ outcome: "cancelled" }]);

// What is on its way to the server arrives first, so that nothing comes in after it was cancelled.
async function cancel() {
  const underWay = unsent[0]?.entry.state === "sending" ? 1 : 0;
  for (const { entry } of unsent.splice(underWay)) {
    entry.state = "cancelled";
    draw(entry);
  }
  await sending;
  await ask("/library/files/cancel", { batch: batchName() });
  watch();
}

function forget() {
  if (batch) ask("/library/files/forget", { batch });
  sessionStorage.removeItem(KEPT);
  [batch, files, unknown, told, before] = ["", [], [], 0, 0];
  encoding = { encoded: 0, passages: 0, progress: "" };
  part(".files").replaceChildren();
  own().hidden = true;
}

function closeList() {
  forget();
  find(".drop input", view()).focus({ preventScroll: true });
}

// A page that is opened again shows what it had sent.
export function resume() {
  batch = sessionStorage.getItem(KEPT) ?? "";
  if (!/^[0-9a-f]{32}$/.test(batch)) return;
  watch().then(() => (own().hidden = !files.length));
  own().hidden = false;
}

// Folders are opened here: the files in them, with the folders' names before theirs.
async function dropped(items) {
  // Asked for at once: behind the first wait the browser gives nothing of them away any more.
  const entries = [...items].filter(({ kind }) => kind === "file").map((item) => [item.webkitGetAsEntry?.(), item.getAsFile()]);
  const found = [];
  for (const [entry, file] of entries) {
    if (entry?.isDirectory) await open(entry, "", found);
    else if (file) found.push({ file, name: file.name, folder: "" });
  }
  return found;
}

async function open(entry, folder, found) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject)).catch(() => null);
    if (file) found.push({ file, name: folder + file.name, folder });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => []);
    if (!some.length) return;
    for (const each of some) await open(each, `${folder}${entry.name}/`, found);
  }
}

// Of a folder only what can be read is sent, and nothing hidden; what was chosen by itself is always sent.
function meant(found) {
  const isRead = ({ name: called, folder }) =>
    !folder || (!/(^|\/)[.~]/.test(called) && limits.kinds.some((kind) => called.toLowerCase().endsWith(kind)));
  const wanted = found.filter(isRead);
  if (found.length) add(wanted, found.length - wanted.length);
}

document.addEventListener("change", (event) => {
  const field = at(event, ".library .drop input[type=file]");
  if (!field?.files?.length) return;
  meant(
    [...field.files].map((file) => ({
      file,
      name: file.webkitRelativePath || file.name,
      folder: file.webkitRelativePath,
    })),
  );
  field.value = "";
});
for (const kind of /** @type {const} */ (["dragover", "dragleave", "drop"])) {
  document.addEventListener(kind, async (event) => {
    const drop = within(event, ".library:is(.keeps, :not(.reads))");
    if (!drop || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop") meant(await dropped(event.dataTransfer.items));
  });
}
window.addEventListener("beforeunload", (event) => unsent.length && event.preventDefault());

export const actions = {
  ".library [data-cancel]": cancel,
  ".library [data-forget]": closeList,
};
