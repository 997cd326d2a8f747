/** The frame of every figure: drawn once for a wide page and once for a phone, a sentence that says it all, its data below. */
import { h, type Child, type Markup } from './element.ts';

export const WIDE = 880;
export const HALF = 432;
export const NARROW = 336;

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly body: Markup;
}

export interface Figure {
  readonly caption: Child;
  /** What somebody who cannot see it needs to know. */
  readonly summary: string;
  readonly wide: Drawing;
  readonly narrow: Drawing;
  /** Behind the figure. */
  readonly data: Markup;
}

export function figure({ caption, summary, wide, narrow, data }: Figure): Markup {
  return h('figure', {}, [
    h('figcaption', {}, caption),
    drawing(wide, 'wide', summary),
    drawing(narrow, 'narrow', summary),
    data,
  ]);
}

function drawing({ width, height, body }: Drawing, name: string, summary: string): Markup {
  return h(
    'svg',
    { class: name, viewBox: `0 0 ${width} ${Math.ceil(height)}`, role: 'img', 'aria-label': summary },
    body,
  );
}

export interface DataColumn {
  readonly title: string;
  readonly isNumber?: boolean;
}

/** A table inside `<details>`; it scrolls by itself where the page is narrow. */
export function dataTable(title: string, columns: readonly DataColumn[], rows: readonly (readonly Child[])[]): Markup {
  return h('details', {}, h('summary', {}, `Data: ${title}`), scrolling(title, plainTable(columns, rows)));
}

/** Something wide that a narrow page lets the reader push sideways, by keyboard too. */
export function scrolling(label: string, content: Markup): Markup {
  return h('div', { class: 'scroll', role: 'group', 'aria-label': label, tabindex: '0' }, content);
}

/**
 * The first cell of a row is its name.
 * @param form `cards`: on a phone each row stands as a card of named lines. Roles are said, for that takes them away.
 */
export function plainTable(
  columns: readonly DataColumn[],
  rows: readonly (readonly Child[])[],
  form: 'grid' | 'cards' = 'grid',
): Markup {
  const isCards = form === 'cards';
  const role = (name: string): string | null => (isCards ? name : null);
  const classOf = (index: number): string | null => (columns[index]?.isNumber === true ? 'number' : null);
  const head = columns.map(({ title }, index) =>
    h('th', { scope: 'col', role: role('columnheader'), class: classOf(index) }, title),
  );
  const body = rows.map((row) =>
    h(
      'tr',
      { role: role('row') },
      row.map((cell, index) => {
        if (index === 0) return h('th', { scope: 'row', role: role('rowheader'), class: classOf(index) }, cell);
        const name = isCards ? (columns[index]?.title ?? '') : null;
        return h('td', { role: role('cell'), class: classOf(index), 'data-name': name }, cell);
      }),
    ),
  );
  return h('table', { class: isCards ? 'cards' : null, role: role('table') }, [
    h('thead', { role: role('rowgroup') }, h('tr', { role: role('row') }, head)),
    h('tbody', { role: role('rowgroup') }, body),
  ]);
}

/** A part of one incident: found by its heading. No landmark, for several incidents would have several of one name. */
export function section(id: string, title: string, ...children: readonly Child[]): Markup {
  return h('section', { id }, [h('h3', { id: `${id}-title` }, title), ...children]);
}

export function paragraph(...children: readonly Child[]): Markup {
  return h('p', {}, ...children);
}

export function code(text: string): Markup {
  return h('code', {}, text);
}
