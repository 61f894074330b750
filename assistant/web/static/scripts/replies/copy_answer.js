// The button below an answer that copies all of it with its sources, as formatted text and as Markdown at once.

import { kept, put } from "../export.js";
import { text } from "../texts.js";
import { sayBelow } from "./said.js";

async function copy(link) {
  const [conversation, place] = link.getAttribute("href").split("#copy-answer/")[1].split("/");
  const asked = new URLSearchParams({ style: kept() });
  const found = await answer(`/replies/${encodeURIComponent(conversation)}/${encodeURIComponent(place)}/text?${asked}`);
  if (found.error) return sayBelow(link, found.error);
  try {
    await put(found);
    sayBelow(link, found.said);
  } catch {
    sayBelow(link, text("export.no_copy"));
  }
}

async function answer(path) {
  try {
    return await (await fetch(path)).json();
  } catch {
    return { error: text("general.no_reply") };
  }
}

export const actions = { 'a[href*="#copy-answer/"]': copy };
