// The texts of the page in its language, and the switch of the language. The server sends them in /page-texts.js.

const COOKIE = "rapporteur_language";
const YEAR = 365 * 24 * 3600; // seconds

/**
 * A text, such as "history.deleted", with values in the place of their names in braces.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @param {number} [number] the number {n}, by which one of two forms is chosen
 */
export function text(key, values = {}, number = 1) {
  const forms = window.pageTexts[key];
  const form = typeof forms === "string" ? forms : forms[number === 1 ? 0 : 1];
  const all = { n: number.toLocaleString("en"), ...values };
  return form.replace(/\{(\w+)\}/g, (mark, name) => String(all[name] ?? mark));
}

// The address names what is shown, so that it is there again in the other language.
function switchLanguage(button) {
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser
  document.cookie = `${COOKIE}=${button.dataset.language}; path=/; max-age=${YEAR}; samesite=lax`;
  location.reload();
}

export const actions = { "[data-language]": switchLanguage };
