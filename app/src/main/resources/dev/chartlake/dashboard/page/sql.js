'use strict';
// SQL over the lake, read-only.

C.pages.sql = {title: 'SQL', show: async () => {
  if (C.exported) return [C.h('div', {class: 'title'}, C.h('h1', {}, 'SQL')), C.notice('Not in an export', 'SQL needs the lake. Run ./chartlake dashboard on the machine that has it.', 'h2')];
  const {columns} = await C.load('columns');
  const tables = new Map();
  for (const column of columns) tables.set(column.table_name, [...(tables.get(column.table_name) || []), column]);
  const usual = '-- ' + C.listName(C.list()).replaceAll(/\s+/g, ' ') + "\nSELECT position, song_name, artist_names, peak, periods, streak\nFROM chart_history\nWHERE source = '" + C.state.source.replaceAll("'", "''")
    + "' AND playlist_id = '" + C.state.list.replaceAll("'", "''") + "'\n  AND snapshot_date = DATE '" + C.state.date + "'\nORDER BY position";
  const input = C.h('textarea', {id: 'sql', rows: 8, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', 'aria-describedby': 'sql-hint'});
  input.value = C.state.sql || usual;
  const result = C.h('div', {id: 'result', 'aria-live': 'polite'});
  const run = C.h('button', {type: 'submit', class: 'primary'}, 'Run');
  const ask = async () => {
    run.disabled = true;
    result.replaceChildren(C.loading());
    const started = performance.now();
    try {
      const answer = await C.fromServer('api/sql', {method: 'POST', headers: {'Content-Type': 'application/sql'}, body: input.value});
      result.replaceChildren(...C.sqlResult(answer, performance.now() - started));
      C.draw();
    } catch (error) {
      result.replaceChildren(C.h('div', {class: 'failed', role: 'alert'}, C.h('strong', {}, 'The query failed. '), error.message));
    } finally { run.disabled = false; }
  };
  const form = C.h('form', {class: 'card', onsubmit: event => {
    event.preventDefault();
    if (C.state.sql === input.value) ask();
    else C.change({sql: input.value});
  }}, C.h('label', {for: 'sql', class: 'head'}, C.h('h2', {}, 'Query')), input,
  C.h('div', {class: 'tools'}, run, C.h('p', {class: 'hint', id: 'sql-hint'}, 'DuckDB’s SQL, read-only. Ctrl+Enter runs it. At most 10,000 rows.')));
  input.addEventListener('keydown', event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit(); });
  if (C.state.sql) ask();
  return [C.h('div', {class: 'title'}, C.h('h1', {}, 'SQL')), C.h('div', {class: 'beside'}, C.h('div', {}, form, result),
    C.h('aside', {class: 'card', 'aria-label': 'Tables and columns'}, C.h('h2', {}, 'Lists'), C.listIds(input), C.h('h2', {}, 'Tables'), [...tables].map(([name, all]) =>
      C.h('details', {}, C.h('summary', {}, name), C.h('ul', {class: 'fields'}, all.map(column => C.h('li', {},
        C.h('button', {type: 'button', onclick: () => { input.setRangeText(column.column_name, input.selectionStart, input.selectionEnd, 'end'); input.focus(); }}, column.column_name),
        C.h('span', {class: 'soft'}, ' ' + column.data_type.toLowerCase())))))))) ];
}};

/** The lists by name; a click writes a list's id, which queries go by. */
C.listIds = input => C.h('details', {}, C.h('summary', {}, C.plural(C.lists.length, 'list')),
  C.h('p', {class: 'hint'}, "Or by market = 'NO' and period = 'daily', as in the view lists"),
  C.h('ul', {class: 'fields'}, C.lists.map(list => C.h('li', {}, C.h('button', {type: 'button', dir: 'auto', title: list.playlist_id, onclick: () => {
    input.setRangeText("'" + list.playlist_id.replaceAll("'", "''") + "'", input.selectionStart, input.selectionEnd, 'end');
    input.focus();
  }}, C.listName(list)), C.h('span', {class: 'soft'}, ' ' + C.listHint(list))))));

C.sqlResult = (answer, took) => {
  const rows = answer.rows;
  const columns = answer.columns.map((name, i) => ({label: name, num: answer.types[i] === 'number', value: row => row[i],
    year: true, cell: row => row[i] == null ? C.h('span', {class: 'soft'}, 'null') : typeof row[i] === 'object' ? JSON.stringify(row[i]) : String(row[i])}));
  const text = C.plural(rows.length, 'row') + (answer.more ? ', the first of more' : '') + ' in ' + (took / 1000).toFixed(2) + ' s';
  C.say(text);
  const content = [C.section('Result', text, rows.length ? C.table('Result', columns, rows, {most: 200}) : C.h('p', {class: 'empty'}, 'No rows.'))];
  const measures = columns.map((column, i) => ({...column, i})).filter(column => column.num);
  const name = columns.findIndex(column => !column.num);
  if (measures.length && rows.length > 1) {
    const label = row => String(name < 0 ? rows.indexOf(row) + 1 : row[name] ?? 'null');
    const dates = name >= 0 && /^(DATE|TIMESTAMP)/.test(answer.types[name]);
    const shown = rows.slice(0, 500);
    const time = row => row[name].length === 10 ? C.at(row[name]) : C.moment(row[name]).getTime();
    const times = dates && shown.every(row => row[name] != null && Number.isFinite(time(row))) && new Set(shown.map(time)).size === shown.length;
    if (times) shown.sort((a, b) => time(a) - time(b));
    content.push(C.figure('Result as a chart', 'The numbers of the first ' + C.plural(shown.length, 'row'), () => ({
      legend: {top: 0, left: 0, type: 'scroll'}, grid: {top: 36}, tooltip: {trigger: 'axis', formatter: items => label(shown[items[0].dataIndex]) + '\n' + items.map(item => item.seriesName + ' ' + item.value).join('\n')},
      xAxis: times ? C.timeAxis(answer.types[name] === 'DATE' ? {} : {minInterval: 0, axisLabel: {formatter: null}})
        : {type: 'category', data: shown.map(label), axisLabel: {formatter: value => C.cut(value, 14)}}, yAxis: {type: 'value'},
      series: measures.slice(0, 8).map(column => ({type: dates || shown.length > 60 ? 'line' : 'bar', name: column.label, showSymbol: shown.length < 60, data: shown.map(row => times ? [time(row), row[column.i]] : row[column.i])})),
    }), {columns, rows: shown}));
  }
  return content;
};
