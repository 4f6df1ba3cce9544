'use strict';
// Two lists, or two days.

C.pages.compare = {title: 'Compare', show: async () => {
  const other = {source: C.state.source2 || C.state.source, list: C.state.list2 || C.state.list};
  const same = other.source === C.state.source && other.list === C.state.list;
  const days = (await C.load('dates', other)).dates.map(row => row.snapshot_date);
  const before = days.filter(day => day <= C.state.date);
  const usual = same ? before.filter(day => day <= C.before(C.state.date, 7)).at(-1) || before.at(-2) : before.at(-1);
  const date = days.includes(C.state.date2) ? C.state.date2 : usual || days.at(-1);
  const [a, b] = await Promise.all([C.loadChart(C.state.source, C.state.list, C.state.date), C.loadChart(other.source, other.list, date)]);
  const there = new Map(b.songs.map(song => [song.key, song]));
  const here = new Map(a.songs.map(song => [song.key, song]));
  const rows = [...a.songs.map(song => ({...song, a: song.position, b: there.has(song.key) ? there.get(song.key).position : null})),
    ...b.songs.filter(song => !here.has(song.key)).map(song => ({...song, a: null, b: song.position}))];
  const common = rows.filter(row => row.a != null && row.b != null);
  const name = list => C.listName(C.lists.find(each => each.source === list.source && each.playlist_id === list.list) || {playlist_id: list.list});
  const left = same ? C.day(C.state.date, true) : name(C.chosen());
  const right = same ? C.day(date, true) : name(other);
  const picker = C.h('form', {class: 'pick', onsubmit: event => event.preventDefault()},
    C.listPicker('list2', 'with', C.lists.find(list => list.source === other.source && list.playlist_id === other.list),
      list => C.change({source2: list.source, list2: list.playlist_id, date2: null})),
    C.h('label', {}, 'on ', C.h('select', {name: 'date2', onchange: event => C.change({...C.second(other), date2: event.target.value})},
      [...days].reverse().map(day => C.h('option', {value: day, selected: day === date}, C.day(day, true))))));
  const either = rows.length;
  return [
    C.heading(a), picker,
    C.facts([['In both', C.number(common.length)], ['Only ' + C.cut(left, 20), C.number(a.songs.length - common.length)],
      ['Only ' + C.cut(right, 20), C.number(b.songs.length - common.length)], ['Overlap', either ? C.percent(common.length / either) : '–']]),
    C.figure('Positions against each other', 'On the line: the same in both. A point is a song', () => {
      const worst = Math.max(10, ...rows.map(row => Math.max(row.a || 0, row.b || 0)));
      return {tooltip: {formatter: item => common[item.dataIndex] ? common[item.dataIndex].song_name + '\n#' + item.value[0] + ' and #' + item.value[1] : ''},
        grid: {top: 32, right: 24, bottom: 24}, xAxis: {type: 'value', min: 1, max: worst, minInterval: 1, name: C.cut(left), nameLocation: 'middle', nameGap: 26},
        yAxis: {type: 'value', inverse: true, min: 1, max: worst, minInterval: 1, name: C.cut(right), nameLocation: 'start', nameTextStyle: {align: 'left'}},
        series: [{type: 'scatter', symbolSize: 9, itemStyle: {color: C.color('series-1'), opacity: .75}, data: common.map(row => [row.a, row.b]),
          markLine: {silent: true, symbol: 'none', animation: false, label: {show: false}, lineStyle: {color: C.color('soft'), type: 'dashed'}, data: [[{coord: [1, 1]}, {coord: [worst, worst]}]]}}]};
    }, {columns: [{label: 'Song', key: 'song_name', head: true}, {label: left, num: true, key: 'a'}, {label: right, num: true, key: 'b'}], rows: common},
    {wide: true, click: event => event.seriesType === 'scatter' && C.go('song', {song: common[event.dataIndex].song_id})}),
    C.section('Song by song', null, C.table('Comparison', [
      {label: 'Song', head: true, value: row => row.song_name, cell: C.songCell},
      {label: left === right ? left + ' (1)' : left, num: true, value: row => row.a, cell: row => row.a ?? '–'},
      {label: left === right ? right + ' (2)' : right, num: true, value: row => row.b, cell: row => row.b ?? '–'},
      {label: 'Difference', num: true, value: row => row.a != null && row.b != null ? row.b - row.a : null,
        cell: row => row.a == null || row.b == null ? '–' : C.move({status: row.a < row.b ? 'up' : row.a > row.b ? 'down' : 'same', change: row.b - row.a})}], rows, {most: 50})),
  ];
}};
C.second = other => ({source2: other.source, list2: other.list});
