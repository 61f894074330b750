// The line below a reply that says what a click there did.

const SHOWN = 6000; // milliseconds

export function sayBelow(link, line) {
  const said = link.closest(".tools")?.querySelector(".said");
  if (!said) return;
  said.textContent = line;
  setTimeout(() => {
    if (said.textContent === line) said.textContent = "";
  }, SHOWN);
}
