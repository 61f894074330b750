// The source panel, the theme and copying. All HTML that is put into the page comes escaped from the server.
(() => {
  "use strict";
  const THEME = "rapporteur-theme";
  const panel = () => document.querySelector(".panel");
  let opener = null;

  async function show(address, open) {
    const body = panel()?.querySelector(".shelf");
    if (!body) return;
    if (open) document.body.classList.add("panel-open");
    panel().classList.toggle("with-source", address !== "/records");
    try {
      const reply = await fetch(address, { headers: { accept: "text/html" } });
      body.innerHTML = await reply.text();
    } catch {
      body.innerHTML = '<p class="empty">Rapporteur does not answer. Is it still running?</p>';
    }
    body.scrollTop = 0;
    bringIntoView(body);
    if (open) body.querySelector("h2")?.focus({ preventScroll: true });
  }

  // The record's text scrolls in a box of its own, below its facts.
  function bringIntoView(body) {
    const mark = body.querySelector("mark");
    const text = body.querySelector(".text");
    if (!mark) return;
    const down = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop = Math.max(0, down - text.clientHeight / 4);
  }

  function close() {
    document.body.classList.remove("panel-open");
    opener?.focus?.();
    opener = null;
    show("/records", false);
  }

  async function copy(button) {
    let told = "Copied: quotation and source.";
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      told = "The browser does not allow copying here. Select the words and copy them by hand.";
    }
    const line = button.closest(".source").querySelector(".told");
    if (!line) return;
    line.textContent = told;
    line.classList.add("done");
  }

  function setTheme(dark) {
    document.body.classList.toggle("dark", dark);
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  }

  function toggleTheme() {
    const dark = !document.body.classList.contains("dark");
    setTheme(dark);
    localStorage.setItem(THEME, dark ? "dark" : "light");
  }

  const actions = {
    "[data-records]": () => show("/records", true),
    "[data-close]": close,
    "[data-theme-toggle]": toggleTheme,
    "[data-copy]": copy,
    "[data-whole]": (button) => show(`/source/${encodeURIComponent(button.dataset.whole)}?whole=true`, true),
    'a[href*="#cite-"]': (link) => {
      document.querySelector("a.shown")?.classList.remove("shown");
      if (!link.closest(".panel")) {
        opener = link;
        link.classList.add("shown");
      }
      show(`/source/${encodeURIComponent(link.getAttribute("href").split("#cite-")[1])}`, true);
    },
  };

  // Captured, before Gradio's own handling of links.
  document.addEventListener(
    "click",
    (event) => {
      for (const [selector, act] of Object.entries(actions)) {
        const found = event.target.closest?.(selector);
        if (!found) continue;
        event.preventDefault();
        event.stopPropagation();
        act(found);
        return;
      }
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("panel-open")) close();
  });

  // Gradio reads a message's source out as its label: the tags and entities, not the words.
  function nameMessages() {
    for (const message of document.querySelectorAll('#chat [data-testid="bot"], #chat [data-testid="user"]')) {
      const name = message.dataset.testid === "bot" ? "Reply" : "Question";
      if (message.getAttribute("aria-label") !== name) message.setAttribute("aria-label", name);
    }
  }

  // Gradio builds the page after this script has run.
  const built = new MutationObserver(() => {
    if (!panel()) return;
    built.disconnect();
    const kept = localStorage.getItem(THEME);
    if (kept) setTheme(kept === "dark");
    show("/records", false);
    new MutationObserver(nameMessages).observe(document.querySelector("#talk"), { childList: true, subtree: true });
  });
  built.observe(document.documentElement, { childList: true, subtree: true });
})();
