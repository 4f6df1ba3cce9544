'use strict';
// A song, and an artist, on the chosen list.

C.facts = pairs => C.h('dl', {class: 'tiles'}, pairs.filter(([, value]) => value != null && value !== '').map(([label, value]) =>
  C.h('div', {class: 'tile'}, C.h('dt', {}, label), C.h('dd', {}, value))));

C.noneChosen = kind => [C.notice('No ' + kind + ' is chosen', 'Choose one in the chart, or search for it above.')];

C.pages.song = {title: 'Song', hidden: true, show: async () => {
  if (!C.state.song) return C.noneChosen('song');
  const found = await C.load('song', {...C.chosen(), song: C.state.song, ...C.by()});
  const runs = found.song_runs;
  const song = {...(found.song[0] || {song_id: C.state.song}), credits: found.song_artists};
  if (!found.song.length && !runs.length) return [C.notice('No such song', 'The lake knows no song with the id ' + C.state.song + '.')];
  document.title = (song.song_name || song.song_id) + ' – Chartlake';
  const last = runs.at(-1);
  const line = (title, hint, key, rows, gap, inverse) => C.figure(title, C.hint(hint, rows.map(row => row.snapshot_date)), () => ({
    tooltip: {trigger: 'axis', formatter: items => C.day(C.dayAt(items[0].value[0])) + '\n' + (items[0].value[1] == null ? gap : (inverse ? '#' : '') + C.number(items[0].value[1]))},
    xAxis: C.timeAxis({boundaryGap: false}),
    yAxis: {type: 'value', inverse, min: inverse ? 1 : null, scale: true, minInterval: 1, axisLabel: {formatter: n => (inverse ? '#' : '') + C.compact(n)}},
    series: [{type: 'line', data: rows.map(row => [C.at(row.snapshot_date), row[key]]), ...C.symbols(rows.map(row => row[key]), 60, 4), connectNulls: false, lineStyle: {width: 2.5}, itemStyle: {color: C.color('series-1')},
      markArea: C.greyed(rows.map(row => row.snapshot_date))}],
  }), {columns: [{label: 'Date', key: 'snapshot_date', head: true}, {label: title, num: true, key}], rows},
  {click: event => C.go('chart', {date: rows[event.dataIndex].snapshot_date})});
  const every = C.everyDay(runs);
  return [
    C.h('div', {class: 'title'}, C.cover(song.image_url, 'big'), C.h('div', {},
      C.h('h1', {}, C.h('bdi', {}, song.song_name || 'Unknown song'), ' ', C.outside('track', song.song_id, song.url, song.song_name)),
      C.h('p', {class: 'sub'}, C.credits(song), song.album_name ? [' · ', C.h('bdi', {}, song.album_name), song.release_date_text ? ', ' + song.release_date_text : null,
        ' ', C.outside('album', song.album_id, song.album_url, song.album_name)] : null))),
    runs.length ? C.facts([['Peak', C.reported('#' + last.peak, last.peak_from_report)], ['On chart', C.reported(C.number(last.periods), last.periods_from_report)], ['Longest streak', C.number(Math.max(...runs.map(run => run.streak)))],
      ['First seen', C.day(runs[0].snapshot_date, true)], ['Last seen', C.day(last.snapshot_date, true)],
      ['Length', C.length(song.duration_ms)], ['Popularity', song.popularity], ['ISRC', song.isrc && C.h('span', {class: 'code'}, song.isrc)]])
      : C.notice('Not on ' + C.listName(C.list()), 'This song was never on the chosen list. Where it was is below.', 'h2'),
    found.song_ids.length > 1 ? C.h('p', {class: 'note', id: 'merged'}, C.plural(found.song_ids.length, 'song id') + ' count as this recording. ',
      C.exported ? null : C.h('a', {href: C.link('song', {song: C.state.song, by: 'song'})}, 'Count each id')) : null,
    runs.length && (last.peak_from_report || last.periods_from_report) ? C.h('p', {class: 'note'}, C.REPORTED) : null,
    runs.length ? C.calendar('Rank calendar', 'On ' + C.listName(C.list()) + ', up to a year', runs) : null,
    C.h('div', {class: 'grid'}, runs.length ? line('Position', 'A gap in the line is a day off the chart', 'position', every, 'not on the chart', true) : null,
      found.song_popularity.length > 1 ? line('Popularity', '0 to 100', 'popularity', C.everyDay(found.song_popularity), 'not known') : null,
      runs.some(run => run.streams != null) ? line('Streams', 'As the chart says', 'streams', every, 'not known') : null),
    C.section('On these lists', null, C.table('On these lists', [
      {label: 'List', head: true, value: C.listName, cell: row => C.h('a', {dir: 'auto', href: C.link('song', {song: song.song_id, source: row.source, list: row.playlist_id, date: row.last_seen})}, C.listName(row))},
      {label: 'Peak', num: true, key: 'peak'}, {label: 'Snapshots', num: true, key: 'periods'},
      {label: 'First', key: 'first_seen', class: 'date'}, {label: 'Last', key: 'last_seen', class: 'date'}], found.song_lists)),
  ];
}};

/** These rows of days, and one for each day between them that the chosen list has a snapshot of. */
C.everyDay = rows => {
  const of = new Map(rows.map(row => [row.snapshot_date, row]));
  const days = rows.length ? C.days.filter(day => day > rows[0].snapshot_date && day < rows.at(-1).snapshot_date) : [];
  return [...new Set([...of.keys(), ...days])].sort().map(day => of.get(day) || {snapshot_date: day});
};

C.pages.artist = {title: 'Artist', hidden: true, show: async () => {
  if (!C.state.artist && !C.state.credit) return C.noneChosen('artist');
  const found = await C.load('artist', {...C.chosen(), artist: C.state.artist || '', credit: C.state.credit || '', ...C.by()});
  const artist = found.artist[0] || {artist_name: C.state.credit};
  const songs = found.artist_songs;
  if (!artist.artist_name && !songs.length) return [C.notice('No such artist', 'The lake knows no artist with the id ' + C.state.artist + '.')];
  document.title = (artist.artist_name || '') + ' – Chartlake';
  const at = new Map(found.artist_days.map(day => [day.snapshot_date, day]));
  const days = C.days.map(day => at.get(day) || {snapshot_date: day, songs: 0, best: null});
  return [
    C.h('div', {class: 'title'}, C.h('div', {}, C.h('h1', {}, C.h('bdi', {}, artist.artist_name || artist.artist_id), ' ',
      C.outside('artist', artist.artist_id, artist.url, artist.artist_name)), C.h('p', {class: 'sub'}, 'On ', C.h('bdi', {}, C.listName(C.list()))))),
    songs.length ? C.facts([['Songs', C.number(songs.length)], ['Peak', '#' + Math.min(...songs.map(song => song.peak))],
      ['Days on chart', C.number(found.artist_days.length)], ['Most at once', C.number(Math.max(...found.artist_days.map(day => day.songs)))],
      ['First seen', C.day(found.artist_days[0].snapshot_date, true)], ['Last seen', C.day(found.artist_days.at(-1).snapshot_date, true)]])
      : C.notice('Not on this list', 'No song of this artist was ever on ' + C.listName(C.list()) + '. Choose another list above.', 'h2'),
    songs.length ? C.figure('Songs on the chart', C.hint('Day by day', C.days), () => ({
      tooltip: {trigger: 'axis', formatter: ([{value: [time, count]}]) => C.day(C.dayAt(time)) + '\n' + C.plural(count, 'song')
        + (at.has(C.dayAt(time)) ? ', best #' + at.get(C.dayAt(time)).best : '')},
      xAxis: C.timeAxis(), yAxis: {type: 'value', minInterval: 1},
      series: [{type: 'bar', data: days.map(day => [C.at(day.snapshot_date), day.songs]), itemStyle: {color: C.color('series-1')}, barCategoryGap: '10%', barMaxWidth: 40, markArea: C.greyed(C.days)}],
    }), {columns: [{label: 'Date', key: 'snapshot_date', head: true}, {label: 'Songs', num: true, key: 'songs'}, {label: 'Best', num: true, key: 'best'}], rows: days},
    {wide: true, click: event => C.go('chart', {date: days[event.dataIndex].snapshot_date})}) : null,
    songs.length ? C.section('Songs', null, C.table('Songs', [
      {label: 'Song', head: true, value: row => row.song_name, cell: row => C.h('span', {class: 'song'}, C.h('span', {class: 'titles'}, C.h('strong', {}, C.songLink(row)),
        C.h('span', {class: 'by', dir: 'auto'}, row.artist_names || '')), C.outside('track', row.song_id, null, row.song_name))},
      {label: 'Peak', num: true, key: 'peak', cell: row => C.reported(row.peak, row.peak_from_report)},
      {label: 'On chart', num: true, key: 'periods', cell: row => C.reported(C.number(row.periods), row.periods_from_report)}, {label: 'Longest streak', num: true, key: 'longest_run'},
      {label: 'First', key: 'first_seen', class: 'date'}, {label: 'Last', key: 'last_seen', class: 'date'}], songs)) : null,
  ];
}};
