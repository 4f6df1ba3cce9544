'use strict';
// All lists: how fresh, how complete, how alike.

C.age = (newest, now) => {
  const hours = (Date.parse(now) - Date.parse(newest)) / 36e5;
  return hours < 0 ? 'ahead of the clock' : hours < 1 ? 'less than an hour old' : hours < 48 ? Math.round(hours) + ' h old' : Math.round(hours / 24) + ' days old';
};

/** What is known of the lake's freshness and quality. To look at years takes seconds: until then it is asked for again. */
C.status = async () => {
  const status = await C.load('status');
  if (status.complete) return status;
  C.answers.delete('status?');
  clearTimeout(C.asking);
  C.asking = setTimeout(async () => {
    await C.health();
    if (C.answers.has('status?') && C.state.page === 'lists') C.show();
  }, 1000);
  return {lists: [], ...status};
};

/** What the status says of a list; of the chosen one at least how old it is. */
C.listStatus = (status, source, list) => {
  const chosen = source === C.state.source && list === C.state.list;
  return status.lists.find(each => each.source === source && each.list === list)
    || {every: 1, newest: chosen ? C.moment(C.observed[C.days.at(-1)]).toISOString() : null};
};

C.pages.lists = {title: 'Lists', show: async () => {
  const [overlap, status] = await Promise.all([C.load('overlap', {date: C.state.date, ...C.by()}), C.status()]);
  const of = list => C.listStatus(status, list.source, list.playlist_id);
  const sides = new Map();
  for (const pair of overlap.overlap) for (const side of ['a', 'b']) {
    sides.set(pair['source_' + side] + ' ' + pair['playlist_id_' + side],
      {source: pair['source_' + side], list: pair['playlist_id_' + side], name: pair['playlist_name_' + side] || pair['playlist_id_' + side]});
  }
  const keys = [...sides.keys()];
  const names = keys.map(key => C.cut(sides.get(key).name, 22));
  const cells = overlap.overlap.flatMap(pair => {
    const a = keys.indexOf(pair.source_a + ' ' + pair.playlist_id_a);
    const b = keys.indexOf(pair.source_b + ' ' + pair.playlist_id_b);
    return [[a, b, pair.overlap, pair], [b, a, pair.overlap, pair]];
  });
  const compare = event => C.go('compare', {source: sides.get(keys[event.value[0]]).source, list: sides.get(keys[event.value[0]]).list,
    source2: sides.get(keys[event.value[1]]).source, list2: sides.get(keys[event.value[1]]).list, date2: C.state.date});
  return [C.h('div', {class: 'title'}, C.h('h1', {}, 'Lists')),
    C.section('What is in the lake', status.complete ? C.quality(status) : 'Looking at all days …', C.table('Lists', [
      {label: 'List', head: true, value: C.listName, cell: list => [C.h('a', {href: C.link('chart', {source: list.source, list: list.playlist_id, date: null}), dir: 'auto'}, C.listName(list)),
        ' ', C.outside('playlist', list.playlist_id, null, C.listName(list))]},
      {label: 'Market', value: list => list.market_name, wide: true}, {label: 'Period', key: 'period', wide: true},
      C.lists.some(list => list.list_group) ? {label: 'Group', key: 'list_group', wide: true} : null,
      {label: 'Source', key: 'source', wide: true}, {label: 'From', key: 'first_snapshot', class: 'date'}, {label: 'To', key: 'last_snapshot', class: 'date'},
      {label: 'Snapshots', num: true, key: 'snapshots'}, {label: 'Missing', num: true, value: list => of(list).missing},
      {label: 'Newest', value: list => of(list).newest, cell: list => of(list).newest ? C.age(of(list).newest, status.now) : ''}].filter(Boolean), C.lists)),
    C.figure('Overlap', 'Songs in both as a part of songs in either, on ' + C.day(C.state.date) + '. Click a field to compare.', () => ({
      tooltip: {formatter: item => sides.get(keys[item.value[0]]).name + '\n' + sides.get(keys[item.value[1]]).name + '\n' + C.percent(item.value[2])
        + ', ' + C.plural(cells[item.dataIndex][3].common, 'song')},
      grid: {left: 8, right: 8, top: 8, bottom: 40},
      xAxis: {type: 'category', data: names, axisLabel: {rotate: names.length > 4 || innerWidth < 700 ? 50 : 0, interval: 0}, splitLine: {show: false}},
      yAxis: {type: 'category', data: names, inverse: true, axisLabel: {interval: 0}, splitLine: {show: false}},
      visualMap: {min: 0, max: 1, show: true, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 120, itemWidth: 10, text: ['all', 'none'],
        textStyle: {color: C.color('soft')}, inRange: {color: [C.color('heat-1'), C.color('heat-2'), C.color('heat-3'), C.color('heat-4')]}},
      series: [{type: 'heatmap', data: cells.map(cell => [cell[0], cell[1], cell[2]]), itemStyle: {borderColor: C.color('surface'), borderWidth: 2},
        label: {show: keys.length <= 20, color: C.color('heat-ink'), formatter: item => item.value[2] == null ? '–' : Math.round(100 * item.value[2])}}],
    }), {columns: [{label: 'List', head: true, value: row => row.playlist_name_a || row.playlist_id_a}, {label: 'Other list', value: row => row.playlist_name_b || row.playlist_id_b},
      {label: 'In both', num: true, key: 'common'}, {label: 'Overlap', num: true, value: row => row.overlap, cell: row => C.percent(row.overlap)}], rows: overlap.overlap},
    {height: keys.length > 8 ? 'square' : 'tall', wide: true, click: compare})];
}};

/** One line on freshness and quality. */
C.quality = status => [C.plural(status.days, 'day'), C.number(status.written) + ' of ' + C.number(status.read) + ' entries read are rows',
  C.number(status.repeated) + ' repeated', C.number(status.waiting) + ' waiting', C.number(status.quarantined) + ' quarantined',
  C.plural(status.problems, 'problem'), C.plural(status.findings, 'broken contract')].join(' · ');
