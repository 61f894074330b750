// The button below an answer that copies all of it with its sources, as formatted text and as Markdown at once.

import { kept, put } from "../export.js";
import { sayBelow } from "./said.js";

const REFUSED = "The browser does not allow copying here. Select the words and copy them by hand.";

async function copy(link) {
  const [conversation, place] = link.getAttribute("href").split("#copy-answer/")[1].split("/");
  const asked = new URLSearchParams({ style: kept() });
  const found = await answer(`/replies/${encodeURIComponent(conversation)}/${encodeURIComponent(place)}/text?${asked}`);
  if (found.error) return sayBelow(link, found.error);
  try {
    await put(found);
    sayBelow(link, found.said);
  } catch {
    sayBelow(link, REFUSED);
  }
}

async function answer(path) {
  try {
    return await (await fetch(path)).json();
  } catch {
    return { error: "Rapporteur does not answer. Is it still running?" };
  }
}

export const actions = { 'a[href*="#copy-answer/"]': copy };
