'use strict';
// What moved over a span: bumps, turnover, calendars.

C.calendar = (title, hint, runs, until) => {
  const last = until || runs.at(-1).snapshot_date;
  const seen = runs[0].snapshot_date;
  const quarter = C.before(last, 83);
  const year = C.before(last, 364);
  const from = innerWidth < 700 || seen > quarter ? quarter : seen < year ? year : seen;
  const rows = runs.filter(run => run.snapshot_date >= from && run.snapshot_date <= last);
  const worst = Math.max(...rows.map(row => row.position), 10);
  const on = new Set(rows.map(row => row.snapshot_date));
  const shown = day => day >= from && day <= last;
  const off = C.days.filter(day => shown(day) && !on.has(day));
  const missing = C.missing(C.days).filter(shown);
  const months = Math.ceil((Date.parse(last) - Date.parse(from)) / 864e5 / 7) + 1;
  const signs = [off.length ? 'A dot: not on the chart' : null, missing.length ? C.WITHOUT : null];
  return C.figure(title, [hint, ...signs].filter(Boolean).join('. '), () => ({
    tooltip: {formatter: item => C.day(item.value[0]) + '\n#' + item.value[1]},
    visualMap: {seriesIndex: 2, min: 1, max: worst, calculable: false, orient: 'horizontal', left: 0, bottom: 0, itemHeight: 90,
      itemWidth: 10, text: ['#' + worst, '#1'], textStyle: {color: C.color('soft')},
      inRange: {color: [C.color('heat-4'), C.color('heat-3'), C.color('heat-2'), C.color('heat-1')]}},
    calendar: {range: [from, last], top: 26, left: 34, cellSize: [Math.max(14, Math.min(26, (Math.min(innerWidth, 1320) - 130) / months)), 22], splitLine: {show: false},
      itemStyle: {color: 'transparent', borderColor: C.color('line'), borderWidth: 1},
      dayLabel: {firstDay: 1, color: C.color('soft'), nameMap: 'en', fontSize: 10}, monthLabel: {color: C.color('soft')}, yearLabel: {show: false}},
    series: [{type: 'scatter', coordinateSystem: 'calendar', symbolSize: 3, silent: true, itemStyle: {color: C.color('soft')}, data: off.map(day => [day, 0])},
      {type: 'heatmap', coordinateSystem: 'calendar', silent: true, itemStyle: {color: C.color('line')}, data: missing.map(day => [day, 0])},
      {type: 'heatmap', coordinateSystem: 'calendar', data: rows.map(row => [row.snapshot_date, row.position]),
      itemStyle: {borderRadius: 2}, label: {show: months <= 30, fontSize: 10, formatter: item => item.value[1],
        color: C.color('heat-ink')}}],
  }), {columns: [{label: 'Date', key: 'snapshot_date', head: true}, {label: 'Position', num: true, key: 'position'}], rows},
  {height: 'calendar', wide: true});
};

C.bump = (title, hint, series, days, {wide = true} = {}) => {
  const worst = Math.max(12, Math.round(series.length * 1.5));
  return C.figure(title, C.hint(hint, days), () => {
    const narrow = innerWidth < 700;
    return {
      grid: {left: 4, right: narrow ? 12 : 190, top: 12, bottom: narrow ? 36 : 4},
      legend: {show: narrow, type: 'scroll', bottom: 0, left: 0, formatter: name => C.cut(name, 18)},
      tooltip: {trigger: 'item', formatter: item => item.seriesName + '\n#' + item.value[1] + ' on ' + C.day(C.dayAt(item.value[0]))},
      xAxis: C.timeAxis({boundaryGap: false}),
      yAxis: {type: 'value', inverse: true, min: 1, max: worst, minInterval: 1, axisLabel: {formatter: n => '#' + n}},
      series: series.map((one, i) => {
        const at = new Map(one.points.map(point => [point.snapshot_date, point.position]));
        return {type: 'line', name: one.name, id: one.id, symbol: C.SYMBOLS[i % 8], ...C.symbols(days.map(day => at.get(day)), 61, 6),
          lineStyle: {width: 2, type: ['solid', 'dashed', 'dotted'][Math.floor(i / 8) % 3]},
          emphasis: {focus: 'series', lineStyle: {width: 4}}, blur: {lineStyle: {opacity: .15}},
          triggerLineEvent: true, connectNulls: false, data: days.map(day => [C.at(day), at.has(day) ? at.get(day) : null]), ...(i ? {} : {markArea: C.greyed(days)}),
          endLabel: {show: !narrow, formatter: '{a}', color: C.color('ink'), width: 180, overflow: 'truncate', distance: 6},
          labelLayout: {moveOverlap: 'shiftY'}};
      }),
    };
  }, {columns: [{label: 'Date', key: 'snapshot_date', head: true}, {label: 'Name', key: 'name'}, {label: 'Position', num: true, key: 'position'}],
    rows: series.flatMap(one => one.points.map(point => ({...point, name: one.name})))},
  {height: 'high', wide, click: event => event.seriesId && C.go('song', {song: event.seriesId})});
};

C.pages.trends = {title: 'Trends', span: true, show: async () => {
  const [chart, span] = await Promise.all([C.loadChart(C.state.source, C.state.list, C.state.date), C.loadSpan()]);
  const names = new Map(span.names.map(name => [name.key, name]));
  const days = span.turnover.map(row => row.snapshot_date);
  const moved = span.turnover.filter(row => row.turnover != null || row.snapshot_date !== C.days[0] || C.exported);
  const top = Number(C.state.top) || 10;
  const series = chart.songs.slice(0, top).map(song => ({id: song.song_id, name: (names.get(song.key) || song).song_name || song.song_id,
    points: span.positions.filter(point => point.key === song.key)}));
  const picked = chart.songs.find(song => song.song_id === C.state.song) || chart.songs[0];
  const runs = picked ? (await C.load('song', {...C.chosen(), song: picked.song_id, ...C.by()})).song_runs : [];
  const kinds = [['new', 'Debuts', 3], ['re_entries', 'Returns', 4], ['exits', 'Exits', 6]];
  const pick = C.h('select', {'aria-label': 'Song of the calendar', onchange: event => C.change({song: event.target.value})},
    chart.songs.map(song => C.h('option', {value: song.song_id, selected: song === picked}, song.position + '  ' + C.cut(song.song_name, 40))));
  const calendar = runs.length ? C.calendar('Rank calendar', null, runs, C.state.date) : null;
  if (calendar) calendar.querySelector('.head').append(pick);
  const tops = C.h('select', {'aria-label': 'Songs of the bump chart', onchange: event => C.change({top: event.target.value})},
    [5, 10, 20].map(n => C.h('option', {value: n, selected: n === top}, 'Top ' + n)));
  const bump = C.bump('Bump chart', 'Where the songs on top on this day came from; lines enter and leave at the bottom. Click one for its song.', series, days);
  bump.querySelector('.head').append(tops);
  return [C.heading(chart), bump,
    C.figure('Turnover', C.hint('Songs that came, came back and left, day by day', days), () => ({
      legend: {top: 0, left: 0}, grid: {top: 36},
      tooltip: {trigger: 'axis', axisPointer: {type: 'shadow'}, formatter: items => C.day(C.dayAt(items[0].value[0])) + '\n'
        + items.map(item => item.seriesName + ' ' + Math.abs(item.value[1])).join('\n')},
      xAxis: C.timeAxis(), yAxis: {type: 'value', minInterval: 1},
      series: kinds.map(([key, name, color]) => ({type: 'bar', name, stack: 'all', itemStyle: {color: C.color('series-' + color),
        decal: {symbol: 'rect', dashArrayX: [1, 0], dashArrayY: color === 3 ? [1, 0] : [2, 3], rotation: color === 6 ? .8 : 0, color: 'rgba(255,255,255,.35)'}},
        barMaxWidth: 40, data: moved.map(row => [C.at(row.snapshot_date), key === 'exits' ? -row[key] : row[key]]), ...(key === 'new' ? {markArea: C.greyed(days)} : {})})),
    }), {columns: [{label: 'Date', key: 'snapshot_date', head: true}, ...['entries', 'new', 're_entries', 'up', 'down', 'same', 'exits'].map(key =>
      ({label: key.replace('_', '-'), num: true, key})), {label: 'Turnover', num: true, value: row => row.turnover, cell: row => C.percent(row.turnover)}],
    rows: moved}, {wide: true, click: event => C.go('chart', {date: moved[event.dataIndex].snapshot_date})}),
    calendar];
}};
