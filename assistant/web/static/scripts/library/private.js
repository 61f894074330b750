// Private records: a tick before files are added, a mark on those that only this user sees, and a button that shares one.

import { find } from "../elements.js";
import { ask, idOf, limits, made_of, record, refresh, tell, view } from "./library.js";
import { text } from "../texts.js";

/** @returns {HTMLInputElement} */
const tick = () => find("[data-only-me]", view());

// Whether the files that are added now are to be private.
export const isWanted = () => limits.hasPrivate && tick().checked;

// A user who may not change the records of all adds private ones alone.
export function offer(readsOnly) {
  view().classList.toggle("keeps", limits.hasPrivate);
  tick().disabled = readsOnly;
  if (readsOnly) tick().checked = true;
}

export const mark = () => made_of("span", text("private.only_you"), { class: "only-you" });

// There is no way back, so that it is asked first.
function askToShare(button) {
  const id = idOf(button);
  const go = made_of("button", text("private.share_now"), { type: "button", "data-share": id });
  tell(text("private.ask", { title: record(id)?.title ?? "" }), go);
  go.focus();
}

async function share(button) {
  button.disabled = true;
  const title = record(button.dataset.share)?.title ?? "";
  const found = await ask("/library/share", { records: [button.dataset.share] });
  await refresh();
  tell(found.error ?? text("private.shared", { title }));
  find("input[type=search]", view()).focus();
}

export const actions = {
  '.library [data-act="share"]': askToShare,
  ".library [data-share]": share,
};
