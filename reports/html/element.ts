/**
 * Elements of HTML and SVG as values. Every text and every attribute is escaped when it becomes a part of the page, so a name
 * in a scenario file can never become markup.
 */

/** Markup that is safe to put into a page. Only this file makes it. */
export interface Markup {
  readonly markup: string;
}

export type Child = Markup | string | number | null | readonly Child[];

type Attributes = Readonly<Record<string, string | number | boolean | null>>;

const VOID = new Set(['meta', 'br', 'hr', 'link', 'path', 'rect', 'line', 'circle', 'use', 'polygon']);

/** `null` and `false` leave an attribute out; `true` is its name alone. */
export function h(tag: string, attributes: Attributes, ...children: readonly Child[]): Markup {
  const written = Object.entries(attributes).flatMap(([name, value]) => {
    if (value === null || value === false) return [];
    if (value === true) return [` ${name}`];
    return [` ${name}="${escapeText(typeof value === 'number' ? coordinate(value) : value)}"`];
  });
  if (VOID.has(tag) && children.length === 0) {
    const isSvg = tag !== 'meta' && tag !== 'br' && tag !== 'hr' && tag !== 'link';
    return { markup: `<${tag}${written.join('')}${isSvg ? '/' : ''}>` };
  }
  return { markup: `<${tag}${written.join('')}>${fragment(children).markup}</${tag}>` };
}

/** Children without an element around them. */
export function fragment(children: readonly Child[]): Markup {
  return { markup: children.map(markupOf).join('') };
}

/** A block of data that no browser runs. `<` cannot end it early. */
export function dataBlock(id: string, json: string): Markup {
  return {
    markup: `<script type="application/json" id="${escapeText(id)}">${json.replaceAll('<', '\\u003c')}</script>`,
  };
}

/** Style rules of our own; never anything from a document. */
export function styleBlock(rules: string): Markup {
  return { markup: `<style>${rules}</style>` };
}

/** For text and attributes of HTML and XML; characters that XML cannot hold become U+FFFD. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll(UNSPEAKABLE, '\ufffd');
}

// Control characters other than tab, line feed and carriage return, and halves of surrogate pairs.
const UNSPEAKABLE = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu;

/** A tenth of a pixel is finer than any screen. */
export function coordinate(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return String(rounded === 0 ? 0 : rounded);
}

function markupOf(child: Child): string {
  if (child === null) return '';
  if (typeof child === 'string') return escapeText(child);
  if (typeof child === 'number') return escapeText(String(child));
  return isList(child) ? child.map(markupOf).join('') : child.markup;
}

function isList(child: Markup | readonly Child[]): child is readonly Child[] {
  return Array.isArray(child);
}
