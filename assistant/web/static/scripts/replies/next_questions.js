// Questions that the records answer, below the last reply and on the empty page; a click asks one.

import { find } from "../elements.js";
import { text } from "../texts.js";
import { parts } from "./feedback.js";

const known = new Map(); // by the name of the reply, or "" for the empty page: the questions, none while they are asked for
const MOST_KEPT = 50;
const UNTIL_BOUND = 30; // milliseconds until Gradio has what stands in the box
/** @type {string | null} */
let draft = null; // what was being typed before a click, until the box is empty again

// Shows the questions at the place where one may ask next, and takes them away elsewhere.
export function showQuestions() {
  const replies = document.querySelectorAll('#chat [data-testid="bot"]');
  const last = replies[replies.length - 1];
  const tools = last?.querySelector(".tools");
  const place = last ? tools : document.querySelector("#chat .welcome p");
  const { name, path } = last ? pathsOf(tools) : { name: "", path: "/examples" };
  /** @type {NodeListOf<HTMLElement>} */
  const offered = document.querySelectorAll("#chat .next");
  for (const shown of offered) {
    if (shown.previousElementSibling !== place || shown.dataset.reply !== name) shown.remove();
  }
  if (!place) return;
  if (!known.has(name)) learn(name, path);
  const questions = known.get(name) ?? [];
  if (!questions.length || place.nextElementSibling?.matches(".next")) return;
  place.after(made(questions, name, text(last ? "reply.ask_next" : "reply.ask_example")));
}

// The name of the reply, which another one in its place does not have, and where its next questions are.
function pathsOf(tools) {
  const link = tools?.querySelector('a[href*="#feedback/"]');
  if (!link) return { name: "", path: "" };
  const { conversation, place, name } = parts(link);
  return { name, path: `/replies/${encodeURIComponent(conversation)}/${encodeURIComponent(place)}/next` };
}

function made(questions, name, label) {
  const list = document.createElement("div");
  list.className = "next";
  list.dataset.reply = name;
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

async function learn(name, path) {
  if (known.size >= MOST_KEPT) known.clear();
  known.set(name, []);
  try {
    const { questions, founded } = await (await fetch(path)).json();
    known.set(name, questions ?? []);
    if (!name) document.body.dataset.founded = founded ? "yes" : "no";
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

/** @returns {HTMLElement | null} */
const submit = () => document.querySelector("#question .submit-button");

async function ask(button) {
  if (!submit()) return; // another question is at work
  /** @type {HTMLTextAreaElement} */
  const box = find("#question textarea");
  const isWaiting = draft !== null;
  draft ??= box.value;
  write(box, button.textContent);
  await new Promise((done) => setTimeout(done, UNTIL_BOUND));
  submit()?.click();
  box.focus();
  if (!isWaiting) restore(box);
}

function write(box, words) {
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// What was being typed is not lost: it stands in the box again once Gradio has taken the question out.
function restore(box) {
  if (box.isConnected && box.value) {
    setTimeout(() => restore(box), UNTIL_BOUND);
    return;
  }
  const typed = draft;
  draft = null;
  if (typed) write(box, typed);
}

export const actions = { "[data-next]": ask };
