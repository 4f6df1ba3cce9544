'use strict';
C.drawn = [];

C.color = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
C.palette = () => [1, 2, 3, 4, 5, 6, 7, 8].map(n => C.color('series-' + n));
C.SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'emptyCircle', 'emptyRect', 'emptyTriangle'];
C.cut = (text, most = 26) => { const all = [...(text || '')]; return all.length > most ? all.slice(0, most - 1).join('') + '…' : text || ''; };

/** What all charts have: the page's type, colours and lines; tooltips that are drawn and never HTML. */
C.base = option => {
  const text = {color: C.color('soft'), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12};
  const axis = given => ({axisLine: {lineStyle: {color: C.color('line')}}, axisTick: {show: false}, ...given,
    axisLabel: {...text, hideOverlap: true, ...(given.boundaryGap === false ? {alignMinLabel: 'left', alignMaxLabel: 'right'} : {}), ...given.axisLabel}, nameTextStyle: {...text, ...given.nameTextStyle},
    splitLine: {lineStyle: {color: C.color('line')}, ...given.splitLine}});
  const many = axes => axes && (Array.isArray(axes) ? axes.map(axis) : axis(axes));
  return {useUTC: true, color: C.palette(), textStyle: text, animationDuration: 250,
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    ...option, grid: {left: 8, right: 16, top: 16, bottom: 8, containLabel: true, ...option.grid},
    tooltip: {renderMode: 'richText', confine: true, backgroundColor: C.color('raised'), borderColor: C.color('line'),
      textStyle: {...text, color: C.color('ink')}, ...option.tooltip},
    ...(option.legend ? {legend: {textStyle: text, inactiveColor: C.color('line'), ...option.legend}} : {}),
    ...(option.xAxis ? {xAxis: many(option.xAxis)} : {}), ...(option.yAxis ? {yAxis: many(option.yAxis)} : {})};
};

/**
 * A chart with its numbers as a table below it.
 *
 * @param option makes ECharts' option, again when light turns dark
 * @param numbers {columns, rows}, as C.table takes them
 */
C.figure = (title, hint, option, numbers, {height = 'tall', click, wide, label} = {}) => {
  const canvas = C.h('div', {class: 'plot ' + height, role: 'img', 'aria-label': label || title + '. The numbers are in the table below.'});
  const details = C.h('details', {class: 'numbers'}, C.h('summary', {}, 'Numbers'));
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(C.table(title, numbers.columns, numbers.rows, {most: 100, quiet: true}));
  });
  const image = C.h('button', {type: 'button', class: 'tool', 'aria-label': 'Save ' + title + ' as an image',
    onclick: () => C.save(C.fileName(title, '.png'), 'image/png',
      canvas.chart.getDataURL({pixelRatio: 2, backgroundColor: C.color('surface')}))}, 'PNG');
  const box = C.section(title, hint, canvas,
    C.h('div', {class: 'tools'}, details, image, C.csvButton(title, numbers.columns, numbers.rows)));
  box.classList.add('figure');
  if (wide) box.classList.add('wide');
  if (!numbers.rows.length) canvas.replaceWith(C.h('p', {class: 'empty'}, 'Nothing to draw for this choice.'));
  else C.drawn.push({canvas, option, click});
  return box;
};

/** Draws what has come onto the page. */
C.draw = () => {
  for (const {canvas, option, click} of C.drawn) {
    if (!canvas.isConnected) continue;
    if (!canvas.chart) {
      canvas.chart = echarts.init(canvas, null, {renderer: 'canvas'});
      if (click) canvas.chart.on('click', event => click(event));
      C.sizes.observe(canvas);
    }
    canvas.chart.setOption(C.base(option()), true);
  }
};
C.sizes = new ResizeObserver(entries => entries.forEach(({target}) => target.chart && target.chart.resize()));
C.clear = () => {
  for (const {canvas} of C.drawn) {
    C.sizes.unobserve(canvas);
    if (canvas.chart) canvas.chart.dispose();
  }
  C.drawn = [];
};

/** An axis that is true to time: its values are {@link C.at}, so days without a snapshot take their place. */
C.timeAxis = given => ({type: 'time', minInterval: 864e5, splitLine: {show: false}, ...given,
  axisLabel: {formatter: at => C.day(C.dayAt(at), true), ...(given && given.boundaryGap === false ? {showMinLabel: true, showMaxLabel: true} : {}), ...(given && given.axisLabel)}});
C.at = day => Date.parse(day);
C.dayAt = at => new Date(at).toISOString().slice(0, 10);

/** The most frequent distance between two snapshots of the chosen list, in milliseconds; the shortest of several. As status counts. */
C.usual = () => {
  const counts = new Map();
  C.days.slice(1).forEach((day, i) => counts.set(C.at(day) - C.at(C.days[i]), (counts.get(C.at(day) - C.at(C.days[i])) || 0) + 1));
  return [...counts].reduce((best, each) => each[1] > best[1] || each[1] === best[1] && each[0] < best[0] ? each : best, [864e5, 0])[0];
};

/** The stretches between these days in which the list has no snapshot although it usually has one, as pairs of times. */
C.gaps = days => {
  const usual = C.usual();
  return days.slice(1).map((day, i) => [C.at(days[i]), C.at(day)]).filter(([from, until]) => until - from >= 1.5 * usual)
    .map(([from, until]) => [from + usual / 2, until - usual / 2]);
};

/** The days in these stretches. */
C.missing = days => C.gaps(days).flatMap(([from, until]) => {
  const missing = [];
  for (let at = Math.ceil(from / 864e5) * 864e5; at < until; at += 864e5) missing.push(C.dayAt(at));
  return missing;
});
C.WITHOUT = 'Grey: no snapshot';
C.hint = (hint, days) => C.gaps(days).length ? hint.replace(/\.$/, '') + '. ' + C.WITHOUT : hint;

/** What marks the missing snapshots between these days in grey, as part of a series. */
C.greyed = days => ({silent: true, animation: false, itemStyle: {color: C.color('line'), opacity: .55},
  data: C.gaps(days).map(gap => gap.map(at => ({xAxis: at})))});

/** Points of a line, of which only those are drawn that no line leads to, if there are too many to draw each. */
C.symbols = (values, few, size) => values.length < few ? {showSymbol: true, symbolSize: size}
  : {showSymbol: true, showAllSymbol: true, symbolSize: (_, {dataIndex: i}) => values[i - 1] == null && values[i + 1] == null ? size : 0};

/** Bars from the left, the largest on top. */
C.bars = (title, hint, rows, name, value, {unit, click, format = C.number, color = 1, columns} = {}) => {
  const top = rows.slice(0, 15);
  return C.figure(title, hint, () => ({
    grid: {left: 4, right: 48, top: 4, bottom: 4},
    xAxis: {type: 'value', axisLabel: {show: false}, splitLine: {show: false}},
    yAxis: {type: 'category', inverse: true, data: top.map(row => C.cut(name(row), 24)), axisLine: {show: false},
      axisLabel: {interval: 0, color: C.color('ink')}},
    series: [{type: 'bar', data: top.map(value), barMaxWidth: 14, itemStyle: {color: C.color('series-' + color), borderRadius: 2},
      label: {show: true, position: 'right', color: C.color('ink'), formatter: item => format(item.value)}}],
    tooltip: {formatter: item => name(top[item.dataIndex]) + '\n' + format(item.value) + ' ' + unit},
  }), {columns: columns || [{label: 'Name', value: name, head: true}, {label: unit, num: true, value}], rows},
  {click: click && (event => click(top[event.dataIndex]))});
};
