// Elements that the page has wherever they are looked for.

/**
 * @template {Element} [E=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [place]
 * @returns {E}
 */
export function find(selector, place = document) {
  /** @type {E | null} */
  const found = place.querySelector(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

/**
 * The element around another one.
 * @param {string} selector
 * @param {Element} inside
 * @returns {HTMLElement}
 */
export function around(selector, inside) {
  /** @type {HTMLElement | null} */
  const found = inside.closest(selector);
  if (!found) throw new Error(`nothing around has ${selector}`);
  return found;
}
