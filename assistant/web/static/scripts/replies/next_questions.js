// Questions that the records answer, below the last reply and on the empty page; a click asks one.

const known = new Map(); // by the name of the reply, or "" for the empty page: the questions, none while they are asked for
const MOST_KEPT = 50;
const UNTIL_BOUND = 30; // milliseconds until Gradio has what stands in the box

// Shows the questions at the place where one may ask next, and takes them away elsewhere.
export function showQuestions() {
  const replies = document.querySelectorAll('#chat [data-testid="bot"]');
  const last = replies[replies.length - 1];
  const tools = last?.querySelector(".tools");
  const place = last ? tools : document.querySelector("#chat .welcome p");
  for (const shown of document.querySelectorAll("#chat .next")) {
    if (shown.previousElementSibling !== place) shown.remove();
  }
  if (!place) return;
  const name = last ? nameOf(tools) : "";
  if (!known.has(name)) learn(name);
  const questions = known.get(name) ?? [];
  if (!questions.length || place.nextElementSibling?.matches(".next")) return;
  place.after(made(questions, last ? "Ask next:" : "Ask, for example:"));
}

const nameOf = (tools) => tools.querySelector('a[href*="#feedback/"]').getAttribute("href").split("#feedback/")[1].split("/", 2).join("/");

function made(questions, label) {
  const list = document.createElement("div");
  list.className = "next";
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", label);
  list.append(label);
  for (const question of questions) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.next = "";
    button.textContent = question;
    list.append(button);
  }
  return list;
}

async function learn(name) {
  if (known.size >= MOST_KEPT) known.clear();
  known.set(name, []);
  const path = name ? `/replies/${name.split("/").map(encodeURIComponent).join("/")}/next` : "/examples";
  try {
    known.set(name, (await (await fetch(path)).json()).questions ?? []);
  } catch {
    known.delete(name);
    return;
  }
  showQuestions();
}

// Records that were added or removed change what can be asked.
document.addEventListener("view", ({ detail: view }) => {
  if (view !== "ask") return;
  known.clear();
  for (const shown of document.querySelectorAll("#chat .next")) shown.remove();
  if (document.querySelector("#chat")) showQuestions();
});

async function ask(button) {
  /** @type {HTMLTextAreaElement} */
  const box = document.querySelector("#question textarea");
  const typed = box.value;
  box.value = button.textContent;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => setTimeout(done, UNTIL_BOUND));
  document.querySelector("#question .submit-button")?.click();
  box.focus();
  if (typed) setTimeout(() => restore(box, typed), 300);
}

// What was being typed is not lost.
function restore(box, typed) {
  if (box.value) return;
  box.value = typed;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

export const actions = { "[data-next]": ask };
