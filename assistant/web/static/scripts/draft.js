// A question that is not asked yet outlives a reload, also the one after the server was started again.

import { home } from "./address.js";
import { BOX, write } from "./edit_last.js";

const KEY = `rapporteur-draft ${home}`;

/** @returns {HTMLTextAreaElement | null} */
const box = () => document.querySelector(BOX);

addEventListener("pagehide", () => sessionStorage.setItem(KEY, box()?.value ?? ""));

// Only after a reload: who comes from another page, such as that to log in, may be somebody else.
export function restore() {
  const kept = sessionStorage.getItem(KEY);
  const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (kept && entry?.type === "reload" && box() && !box()?.value) write(kept);
}
