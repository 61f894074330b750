// The buttons below a reply that say whether it helped; the library keeps what was said, for its user alone.

import * as address from "../address.js";
import { text } from "../texts.js";
import { sayBelow } from "./said.js";

const NEGATIVE = "not helpful";
let verdicts = {}; // by the name of the reply
let known = ""; // the conversation that they are of
let asking = ""; // the one that they are asked for

const links = () => document.querySelectorAll('#chat a[href*="#feedback/"]');

function parts(link) {
  const [conversation, place, verdict] = link.getAttribute("href").split("#feedback/")[1].split("/");
  return { conversation, place, name: `${conversation}/${place}`, verdict: verdict.replaceAll("-", " ") };
}

// Shows what was said of each reply; the reasons of a bad reply only once it is called so.
export function showVerdicts() {
  for (const link of links()) {
    const { name, verdict } = parts(link);
    const said = verdicts[name] ?? "";
    const isBad = said && said !== "helpful";
    const pressed = String(said === verdict || (verdict === NEGATIVE && Boolean(isBad)));
    if (link.getAttribute("aria-pressed") !== pressed) link.setAttribute("aria-pressed", pressed);
    const reasons = link.closest(".reasons");
    if (reasons) reasons.classList.toggle("open", Boolean(isBad));
  }
  learn();
}

// Asks for the judgements of a conversation that was opened.
async function learn() {
  const shown = address.read("conversation");
  if (!shown || shown === known || shown === asking || !links().length) return;
  asking = shown;
  const found = await send(`/replies/${encodeURIComponent(shown)}/feedback`);
  asking = "";
  if (found.error) return;
  known = shown;
  for (const [place, verdict] of Object.entries(found.verdicts)) verdicts[`${shown}/${place}`] = verdict;
  showVerdicts();
}

async function send(path, sent) {
  const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(sent) };
  try {
    return await (await fetch(path, sent ? options : {})).json();
  } catch {
    return { error: text("general.no_reply") };
  }
}

// A second click takes a judgement back: a reason falls back to "not helpful".
function next(said, verdict) {
  if (verdict === NEGATIVE) return said && said !== "helpful" ? null : NEGATIVE;
  if (said !== verdict) return verdict;
  return verdict === "helpful" ? null : NEGATIVE;
}

async function judge(link) {
  const { conversation, place, name, verdict } = parts(link);
  const wanted = next(verdicts[name], verdict);
  const path = `/replies/${encodeURIComponent(conversation)}/${encodeURIComponent(place)}/feedback`;
  const done = await send(path, { verdict: wanted });
  if (done.error) return sayBelow(link, done.error);
  verdicts = { ...verdicts, [name]: wanted };
  showVerdicts();
  const words = wanted && text(`reply.${wanted.replaceAll(" ", "_")}`);
  sayBelow(link, wanted ? text("reply.kept", { verdict: words }) : text("reply.taken_back"));
}

export const actions = { 'a[href*="#feedback/"]': judge };
