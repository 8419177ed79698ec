// Elements, made and filled by text alone.

/** @typedef {Node|string|null|false|undefined} Child */

/**
 * An element with these properties and children; a name with a dash is an attribute.
 * @param {string} name @param {Record<string, any>} has @param {Child[]} children
 * @returns {any}
 */
export function el(name, has = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(has)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.includes("-") || key === "role" || key === "for") made.setAttribute(key, String(value));
    else /** @type {any} */ (made)[key] = value;
  }
  made.append(
    ...children.filter((child) => child !== null && child !== false && child !== undefined));
  return made;
}

/**
 * Text in its language, so that Korean breaks between words.
 * @param {string} name @param {string} text
 */
export const said = (name, text, className = "") => el(name, {
  className, textContent: text, lang: /\p{Script=Hangul}/u.test(text) ? "ko" : undefined,
});

/**
 * An SVG element.
 * @param {string} name @param {Record<string, string|number>} has @param {Child[]} children
 */
export function svg(name, has = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(has)) made.setAttribute(key, String(value));
  made.append(...children.filter((child) => typeof child === "string" || child instanceof Node));
  return made;
}

/** @param {string} text @param {Record<string, any>} has */
export const button = (text, has) => el("button", { type: "button", textContent: text, ...has });

/**
 * What makes a name of an element its own, where several explorers share a page.
 * @param {boolean} [page]
 */
export function ownNames(page) {
  const mark = page ? "dg" : `dg${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
  return (/** @type {string} */ name) => `${mark}-${name}`;
}

/** A file for the reader. @param {string} name @param {Blob} content */
export function hand(name, content) {
  const link = el("a", { download: name, href: URL.createObjectURL(content) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
