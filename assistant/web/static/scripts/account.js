// Logging out, and the word that a session has ended: over the page, so that nothing typed is lost.

import { text } from "./texts.js";

export const actions = { "[data-log-out]": logOut };

async function logOut() {
  await window.fetch("/logout", { method: "POST", redirect: "manual" });
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
window.fetch = async (...request) => {
  const reply = await usual.call(window, ...request);
  if (reply.status === 401) sayEnded();
  else if (reply.ok) document.querySelector(".session-ended")?.remove();
  return reply;
};
