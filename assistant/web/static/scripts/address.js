// The address of the page: the conversation, the record with the cited words, and the view that are shown.

// Where the page lives: "/", or "/notebooks/NAME/" with records, conversations and evidence of its own.
export const home = new URL(".", location.href).pathname;

export const read = (name) => new URLSearchParams(location.search).get(name) ?? "";

// Puts values into the address, empty ones out of it; with `step` Back returns to the address before.
export function write(values, step = false) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const address = query.size ? `?${query}` : location.pathname;
  if (address === (location.search || location.pathname)) return;
  history[step ? "pushState" : "replaceState"](null, "", address);
}
