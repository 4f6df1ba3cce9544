'use strict';

C.csv = (columns, rows) => [columns.map(c => c.label), ...rows.map(row => columns.map(c => C.plain(c, row)))]
  .map(cells => cells.map(value => {
    const text = value == null ? '' : String(value);
    // A spreadsheet would run what starts like a formula.
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
  }).join(',')).join('\r\n') + '\r\n';

C.plain = (column, row) => column.value ? column.value(row) : row[column.key];

/**
 * A table that sorts by a click on a heading and can be saved as CSV. A column: {key, label, num, value(row), cell(row),
 * wide: only on wide screens, plain: not sortable}.
 */
C.table = (title, columns, rows, {sorted, most, quiet} = {}) => {
  let [by, down] = sorted || [null, false];
  let shown = most || rows.length;
  const body = C.h('tbody');
  const heads = columns.map(column => C.h('th', {scope: 'col', class: C.classes(column)},
    column.plain ? column.label : C.h('button', {type: 'button', onclick: () => {
      down = by === column.label ? !down : Boolean(column.num) && column.label !== '#';
      by = column.label;
      fill();
    }}, column.label)));
  const more = C.h('button', {type: 'button', class: 'more', onclick: () => { shown = rows.length; fill(); }}, 'Show all ' + rows.length);
  function fill() {
    const column = columns.find(each => each.label === by);
    const order = column ? [...rows].sort((a, b) => {
      const x = C.plain(column, a);
      const y = C.plain(column, b);
      if (x == null || y == null) return x == null ? (y == null ? 0 : 1) : -1;
      const sign = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
      return down ? -sign : sign;
    }) : rows;
    heads.forEach((head, i) => columns[i].label === by
      ? head.setAttribute('aria-sort', down ? 'descending' : 'ascending') : head.removeAttribute('aria-sort'));
    body.replaceChildren(...order.slice(0, shown).map(row => C.h('tr', {}, columns.map(column => {
      const content = column.cell ? column.cell(row) : C.plain(column, row);
      const shownAs = content == null ? '' : typeof content === 'number' && !column.year ? C.number(content) : content;
      return C.h(column.head ? 'th' : 'td', {class: C.classes(column), scope: column.head && 'row',
        dir: typeof shownAs === 'string' && !column.num ? 'auto' : null}, shownAs);
    }))));
    more.hidden = shown >= rows.length;
  }
  fill();
  const wrap = C.h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title},
    C.h('table', {}, C.h('caption', {class: 'quiet'}, title), C.h('thead', {}, C.h('tr', {}, heads)), body));
  return C.h('div', {class: 'tabled'}, wrap, C.h('div', {class: 'tools'}, more, quiet ? null : C.csvButton(title, columns, rows)));
};
C.classes = column => [column.num && 'num', column.wide && 'wide', column.class].filter(Boolean).join(' ') || null;
C.csvButton = (title, columns, rows) => C.h('button', {type: 'button', class: 'tool', 'aria-label': 'Save ' + title + ' as CSV',
  onclick: () => C.save(C.fileName(title, '.csv'), 'text/csv;charset=utf-8', C.csv(columns, rows))}, 'CSV');
