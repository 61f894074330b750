// Clicks, keys and the theme; what they do stands in the modules.

import * as account from "./account.js";
import * as adding from "./library/upload.js";
import * as checking from "./report_check.js";
import * as choosing from "./chosen/choose_records.js";
import * as correcting from "./library/facts_dialog.js";
import { find } from "./elements.js";
import { within } from "./events.js";
import * as draft from "./draft.js";
import * as evidence from "./evidence.js";
import * as exporting from "./export.js";
import * as history from "./history.js";
import "./edit_last.js";
import * as later from "./ask_later.js";
import * as copying from "./replies/copy_answer.js";
import * as judging from "./replies/feedback.js";
import { keepQuestionInView } from "./replies/keep_in_view.js";
import * as suggesting from "./replies/next_questions.js";
import "./print.js";
import * as library from "./library/library.js";
import * as source from "./source_panel.js";
import * as citing from "./record/cited.js";
import * as finding from "./record/search.js";
import * as outlining from "./record/outline.js";
import * as sets from "./chosen/record_sets.js";
import * as keeping from "./library/private.js";
import * as removing from "./library/remove.js";
import * as shortcuts from "./shortcuts.js";
import * as views from "./tabs.js";
import * as texts from "./texts.js";
import { text } from "./texts.js";

const THEME = "rapporteur-theme";

function setTheme(dark) {
  document.body.classList.toggle("dark", dark);
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
}

function toggleTheme() {
  const dark = !document.body.classList.contains("dark");
  setTheme(dark);
  localStorage.setItem(THEME, dark ? "dark" : "light");
}

const actions = Object.entries({
  ...account.actions,
  ...evidence.actions,
  ...exporting.actions,
  ...history.actions,
  ...checking.actions,
  ...views.actions,
  ...library.actions,
  ...adding.actions,
  ...keeping.actions,
  ...removing.actions,
  ...correcting.actions,
  ...shortcuts.actions,
  ...source.actions,
  ...choosing.actions,
  ...sets.actions,
  ...copying.actions,
  ...citing.actions,
  ...finding.actions,
  ...outlining.actions,
  ...texts.actions,
  ...judging.actions,
  ...suggesting.actions,
  "[data-theme-toggle]": toggleTheme,
  'a[href$="#ask-alone"]': () => find("#ask-alone").click(),
});

// Captured, before Gradio's own handling of links.
document.addEventListener(
  "click",
  (event) => {
    for (const [selector, act] of actions) {
      const found = within(event, selector);
      if (!found) continue;
      event.preventDefault();
      event.stopPropagation();
      act(found);
      return;
    }
  },
  true,
);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("panel-open") && !document.querySelector("dialog[open]")) {
    source.close();
  }
  const link = event.key === " " && within(event, "a[role=button]");
  if (!link) return;
  event.preventDefault();
  link.click();
});
// The click on a button would take away the words marked in a record.
document.addEventListener("mousedown", (event) => {
  if (within(event, "[data-add-marked]")) event.preventDefault();
});

// A file that is dropped beside the places for one would be opened in place of the page, and the conversation lost.
for (const kind of /** @type {const} */ (["dragover", "drop"])) {
  window.addEventListener(kind, (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "none";
  });
}

// Gradio reads a message's source out as its label: the tags and entities, not the words.
function nameMessages() {
  for (const message of document.querySelectorAll('#chat [data-testid="bot"], #chat [data-testid="user"]')) {
    const name = message.dataset.testid === "bot" ? text("general.reply") : text("general.question");
    if (message.getAttribute("aria-label") !== name) message.setAttribute("aria-label", name);
    if (message.getAttribute("role") !== "group") message.setAttribute("role", "group");
  }
  // Gradio calls the examples a list, whose items would be no buttons.
  const examples = document.querySelector('#chat .examples[role="list"]');
  examples?.setAttribute("role", "group");
  examples?.setAttribute("aria-label", text("general.examples"));
  evidence.nameLinks();
  judging.showVerdicts();
  suggesting.showQuestions();
  history.noticeQuestions();
  later.noticeButton();
  keepQuestionInView();
}

// Gradio builds the page after this script has run.
function begin() {
  if (!source.isBuilt() || !document.querySelector("#talk")) return false;
  const kept = localStorage.getItem(THEME);
  if (kept) setTheme(kept === "dark");
  views.chooseAddressed();
  source.showAddressed();
  evidence.count();
  library.refresh();
  adding.resume();
  draft.restore();
  new MutationObserver(nameMessages).observe(find("#talk"), { childList: true, subtree: true });
  return true;
}
const built = new MutationObserver(() => begin() && built.disconnect());
if (!begin()) built.observe(document.documentElement, { childList: true, subtree: true });
