// Logging out, and the word that a session has ended: over the page, so that nothing typed is lost. And each request
// of the page for "/PATH" goes to the notebook that the page shows.

import { home } from "./address.js";
import { text } from "./texts.js";

export const actions = { "[data-log-out]": logOut };

async function logOut() {
  await usual.call(window, "/logout", { method: "POST", redirect: "manual" });
  location.href = "/login";
}

function sayEnded() {
  if (document.querySelector(".session-ended")) return;
  const line = document.createElement("p");
  line.className = "session-ended";
  line.role = "alert";
  const link = Object.assign(document.createElement("a"), { href: "/login", textContent: text("account.log_in"), target: "_blank" });
  line.append(text("account.ended"), link, text("account.ended_after"));
  document.body.append(line);
}

const usual = window.fetch;
window.fetch = async (address, ...options) => {
  const own = typeof address === "string" && address.startsWith("/") ? home + address.slice(1) : address;
  const reply = await usual.call(window, own, ...options);
  if (reply.status === 401) sayEnded();
  else if (reply.ok) document.querySelector(".session-ended")?.remove();
  return reply;
};
