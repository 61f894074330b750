// The element that an event comes from, where a selector names it.

/**
 * @template {Element} [E=HTMLInputElement]
 * @param {Event} event
 * @param {string} selector
 * @returns {E | null}
 */
export function at({ target }, selector) {
  return target instanceof Element && target.matches(selector) ? /** @type {E} */ (target) : null;
}

/**
 * Also where the event comes from something in that element.
 * @template {Element} [E=HTMLElement]
 * @param {Event} event
 * @param {string} selector
 * @returns {E | null}
 */
export function within({ target }, selector) {
  return target instanceof Element ? target.closest(selector) : null;
}
