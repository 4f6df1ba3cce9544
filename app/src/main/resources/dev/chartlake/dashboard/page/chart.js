'use strict';
// The chart of a day: how big, who moved, and all of it.

C.songCell = song => C.h('span', {class: 'song'}, C.cover(song.image_url), C.h('span', {class: 'titles'},
  C.h('strong', {}, C.songLink(song), song.explicit ? C.h('abbr', {class: 'explicit', title: 'Explicit'}, 'E') : null),
  C.h('span', {class: 'by'}, C.credits(song))), C.outside('track', song.song_id, song.url, song.song_name));

C.chartColumns = chart => [
  {label: '#', num: true, value: row => row.position, class: 'rank'},
  {label: 'Move', value: row => row.status === 'up' || row.status === 'down' || row.status === 'same' ? row.change : null,
    cell: C.move},
  {label: 'Song', head: true, value: row => row.song_name, cell: C.songCell},
  {label: 'Previous', num: true, value: row => row.previous_position, cell: row => C.reported(row.previous_position ?? '–', row.previous_from_report)},
  {label: 'Peak', num: true, value: row => row.peak, cell: row => C.reported(C.number(row.peak), row.peak_from_report)},
  {label: 'On chart', num: true, value: row => row.periods, cell: row => C.reported(C.number(row.periods), row.periods_from_report)},
  {label: 'Streak', num: true, wide: true, value: row => row.streak},
  chart.streamed ? {label: 'Streams', num: true, value: row => row.streams} : null,
  chart.popular ? {label: 'Popularity', num: true, wide: true, value: row => row.popularity} : null,
  {label: 'Length', num: true, wide: true, value: row => row.duration_ms, cell: row => C.length(row.duration_ms)},
].filter(Boolean);

/** What a chart saves as CSV: what it shows, and what identifies it. */
C.saved = chart => [...C.chartColumns(chart).filter(column => column.label !== 'Move'),
  {label: 'Status', key: 'status'}, {label: 'Change', key: 'change'}, {label: 'Artists', key: 'artist_names'},
  {label: 'Song id', key: 'song_id'}, chart.reported ? {label: 'Reported', value: row => C.reportedOf(row).join(' ')} : null].filter(Boolean);

/** Which of a row's numbers are the chart's own. */
C.reportedOf = row => ['peak', 'previous', 'periods'].filter(name => row[name + '_from_report']);

C.tiles = songs => {
  const lengths = songs.map(song => song.duration_ms).filter(ms => ms != null);
  const tile = (label, value, unit) => C.h('div', {class: 'tile'}, C.h('dt', {}, label),
    C.h('dd', {}, value, unit && C.h('span', {class: 'unit'}, ' ' + unit)));
  const unit = lengths.length ? 'min' : null;
  return C.h('dl', {class: 'tiles'}, tile('Songs', C.number(songs.length)),
    tile('Average length', C.minutes(lengths.length ? lengths.reduce((a, b) => a + b, 0) / lengths.length : null), unit),
    tile('Longest', C.minutes(lengths.length ? Math.max(...lengths) : null), unit),
    tile('Shortest', C.minutes(lengths.length ? Math.min(...lengths) : null), unit));
};

C.movers = (title, rows, figure, none) => C.h('section', {class: 'card'}, C.h('div', {class: 'head'}, C.h('h2', {}, title),
  C.h('p', {class: 'hint'}, C.plural(rows.length, 'song'))),
  rows.length ? C.h('ol', {class: 'movers'}, rows.slice(0, 5).map(row => C.h('li', {},
    C.h('span', {class: 'titles'}, C.h('strong', {}, C.songLink(row)), C.h('span', {class: 'by', dir: 'auto'}, row.artist_names || '')),
    figure(row)))) : C.h('p', {class: 'empty'}, none),
  rows.length > 5 ? C.h('details', {class: 'numbers'}, C.h('summary', {}, C.number(rows.length - 5) + ' more'),
    C.h('ol', {class: 'movers', start: 6}, rows.slice(5).map(row => C.h('li', {},
      C.h('span', {class: 'titles'}, C.h('strong', {}, C.songLink(row)), C.h('span', {class: 'by', dir: 'auto'}, row.artist_names || '')),
      figure(row))))) : null);

/** Says that a snapshot does not fit those around it. */
C.anomaly = day => C.h('p', {class: 'note', id: 'anomaly-' + day.snapshot_date}, 'The snapshot of ' + C.day(day.snapshot_date)
  + ' does not fit those around it: ' + day.strays + ' of its ' + C.plural(day.entries, 'song') + ' are in no snapshot next to it, and it lacks '
  + C.plural(day.missing, 'song') + ' that both have. Its debuts, returns and exits may not be real.');

/** Says when songs that count as one had several ids. */
C.merged = songs => {
  const merged = songs.filter(song => song.song_ids > 1);
  return merged.length ? C.h('p', {class: 'note', id: 'merged'}, C.plural(merged.length, 'recording') + ' on this chart had several song ids, and each counts once, such as ',
    C.songLink(merged[0]), '. ', C.exported ? null : C.h('a', {href: C.link('chart', {by: 'song'})}, 'Count each id')) : null;
};

C.pages.chart = {title: 'Chart', show: async () => {
  const chart = await C.loadChart(C.state.source, C.state.list, C.state.date);
  const songs = chart.songs;
  if (!songs.length) return [C.heading(), C.notice('No songs', 'The snapshot of this day holds no songs.', 'h2')];
  const of = status => songs.filter(song => song.status === status);
  const first = chart.snapshot[0] && chart.snapshot[0].snapshot_number === 1;
  const at = row => C.h('span', {class: 'at'}, C.move(row), C.h('span', {class: 'num'}, '#' + row.position));
  const table = C.table('Chart', C.chartColumns(chart), songs, {sorted: ['#', false], quiet: true});
  table.append(C.h('div', {class: 'tools'}, C.csvButton('Chart', C.saved(chart), songs)));
  return [
    C.heading(chart), C.tiles(songs),
    chart.snapshot[0] && chart.snapshot[0].complete === false
      ? C.h('p', {class: 'note'}, 'This snapshot is incomplete: there are songs on the list that it does not have. None of them counts as gone.') : null,
    first && !chart.reported ? C.h('p', {class: 'note'}, 'This is the list’s first snapshot: what was before is not known, so no song counts as new.') : null,
    chart.reported ? C.h('p', {class: 'note'}, C.REPORTED) : null,
    ...chart.anomalies.map(C.anomaly),
    C.merged(songs),
    C.h('div', {class: 'columns'},
      C.movers('Climbers', of('up').sort((a, b) => b.change - a.change || a.position - b.position), at, 'No song climbed.'),
      C.movers('Fallers', of('down').sort((a, b) => a.change - b.change || a.position - b.position), at, 'No song fell.'),
      C.movers('Debuts', of('new'), at, 'No song is new.'),
      C.movers('Returns', of('re-entry'), at, 'No song came back.'),
      C.movers('Exits', chart.exits, row => C.h('span', {class: 'at'}, C.h('span', {class: 'num'}, 'was #' + row.last_position)), 'No song left.')),
    C.section('The chart', null, table),
  ];
}};

/** Title with list and date, and what the day's snapshot was. */
C.heading = chart => {
  const list = C.list() || {};
  const about = chart && chart.playlist && chart.playlist[0] || {};
  const snapshot = chart && chart.snapshot[0] || {};
  return C.h('div', {class: 'title'}, about.image_url ? C.cover(about.image_url, 'big') : null, C.h('div', {},
    C.h('h1', {}, C.h('bdi', {}, C.listName(list)), ' ', C.outside('playlist', list.playlist_id, about.url, C.listName(list))),
    C.h('p', {class: 'sub'}, C.h('time', {datetime: C.state.date}, C.day(C.state.date)),
      chart && chart.moves === 'reported' ? ', against the period before, as the chart reports it'
        : snapshot.previous_snapshot_date ? ', against ' + C.day(snapshot.previous_snapshot_date) : null,
      snapshot.observed_at ? C.h('span', {class: 'soft'}, ' · observed ' + C.time(snapshot.observed_at)) : null)));
};
