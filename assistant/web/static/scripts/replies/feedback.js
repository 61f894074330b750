// The buttons below a reply that say whether it helped; the library keeps what was said, for its user alone.

import { text } from "../texts.js";
import { sayBelow } from "./said.js";

const NEGATIVE = "not helpful";
let verdicts = {}; // by the name of the reply; null for one that nothing was said of
let isAsking = false;

const links = () => document.querySelectorAll('#chat a[href*="#feedback/"]');

// The mark in the name tells a reply from one that stood in its place before.
export function parts(link) {
  const [conversation, place, verdict, mark] = link.getAttribute("href").split("#feedback/")[1].split("/");
  return { conversation, place, name: `${conversation}/${place}/${mark}`, verdict: verdict.replaceAll("-", " ") };
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

// Asks for the judgements on replies that were not shown before.
async function learn() {
  const unknown = [...links()].map(parts).filter(({ name }) => verdicts[name] === undefined);
  if (isAsking || !unknown.length) return;
  isAsking = true;
  const shown = unknown[0].conversation;
  const found = await send(`/replies/${encodeURIComponent(shown)}/feedback`);
  isAsking = false;
  if (found.error) return;
  for (const { conversation, place, name } of unknown) {
    if (conversation === shown) verdicts[name] ??= found.verdicts[place] ?? null;
  }
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
