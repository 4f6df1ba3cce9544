'use strict';
// Who and what the chart is made of, on one day.

C.group = (rows, key, make) => {
  const groups = new Map();
  for (const row of rows) for (const one of key(row)) {
    const id = one.id || one.name;
    if (!groups.has(id)) groups.set(id, {...make(one, row), songs: 0, popularity: [], ranks: []});
    const group = groups.get(id);
    group.songs++;
    group.ranks.push(row.position);
    if (row.popularity != null) group.popularity.push(row.popularity);
  }
  return [...groups.values()];
};
C.mean = values => values.length ? values.reduce((a, b) => a + b, 0) / values.length : null;
C.artistsOf = song => song.credits.length ? song.credits.map(one => ({id: one.artist_id, name: one.artist_name || one.artist_id}))
  : song.artist_names ? [{name: song.artist_names}] : [];

C.pages.mix = {title: 'Songs & artists', show: async () => {
  const chart = await C.loadChart(C.state.source, C.state.list, C.state.date);
  const {songs, popular} = chart;
  const artists = C.group(songs, song => [...new Map(C.artistsOf(song).map(one => [one.id || one.name, one])).values()],
    one => ({artist_id: one.id, artist_name: one.name})).sort((a, b) => b.songs - a.songs || Math.min(...a.ranks) - Math.min(...b.ranks));
  const albums = C.group(songs.filter(song => song.album_id), song => [{id: song.album_id}],
    (one, song) => song).sort((a, b) => b.songs - a.songs || a.position - b.position);
  const years = C.group(songs.filter(song => /^\d{4}/.test(song.release_date_text || '')), song => [{name: song.release_date_text.slice(0, 4)}],
    one => ({year: Number(one.name)})).sort((a, b) => a.year - b.year);
  const toArtist = artist => C.go('artist', artist.artist_id ? {artist: artist.artist_id} : {credit: artist.artist_name});
  const name = row => row.artist_name;
  const rated = artists.map(row => ({...row, value: C.mean(popular ? row.popularity : row.ranks)})).filter(row => row.value != null)
    .sort((a, b) => popular ? b.value - a.value : a.value - b.value);
  const what = popular ? 'popularity' : 'rank';
  const round = value => value.toFixed(1);
  const all = songs.flatMap(C.artistsOf).length;
  const points = songs.filter(song => song.duration_ms != null && (!popular || song.popularity != null));
  const best = [...songs].sort((a, b) => popular ? (b.popularity ?? -1) - (a.popularity ?? -1) || a.position - b.position : a.position - b.position);
  const years2 = years.length ? Array.from({length: years.at(-1).year - years[0].year + 1}, (_, i) =>
    years.find(row => row.year === years[0].year + i) || {year: years[0].year + i, songs: 0}) : [];
  return [C.heading(chart), C.tiles(songs),
    popular ? null : C.h('p', {class: 'note', id: 'no-popularity'}, 'Spotify does not tell this list’s popularity (new apps do not get it, chart files have none): the rank takes its place below.'),
    C.h('div', {class: 'grid'},
      C.bars('Songs by artist', 'Every credited artist counts', artists, name, row => row.songs, {unit: 'songs', click: toArtist}),
      C.bars('Average ' + what + ' by artist', popular ? '0 to 100, of the songs on this chart' : 'The smaller the better', rated, name, row => row.value,
        {unit: 'average ' + what, click: toArtist, format: round, color: 3}),
      C.bars('Songs per album', 'Of each album, on this chart', albums, row => row.album_name || row.album_id, row => row.songs,
        {unit: 'songs', color: 2, click: row => C.go('song', {song: row.song_id})}),
      C.figure((popular ? 'Popularity' : 'Rank') + ' against length', 'A point is a song', () => ({
        tooltip: {formatter: item => points[item.dataIndex].song_name + '\n' + C.length(points[item.dataIndex].duration_ms) + ', ' + what + ' ' + item.value[1]},
        xAxis: {type: 'value', name: 'min', scale: true, axisLabel: {formatter: n => n.toFixed(1)}},
        yAxis: {type: 'value', scale: true, inverse: !popular, min: popular ? null : 1, name: what, nameGap: 8},
        grid: {top: 28, right: 44},
        series: [{type: 'scatter', symbolSize: 9, itemStyle: {color: C.color('series-1'), opacity: .75},
          data: points.map(song => [song.duration_ms / 60000, popular ? song.popularity : song.position])}],
      }), {columns: [{label: 'Song', key: 'song_name', head: true}, {label: 'Minutes', num: true, value: row => (row.duration_ms / 60000).toFixed(2)},
        {label: what, num: true, value: row => popular ? row.popularity : row.position}], rows: points},
      {click: event => C.go('song', {song: points[event.dataIndex].song_id})}),
      C.bars('Share of chart by artist', 'Of all ' + C.number(all) + ' credits', artists.map(row => ({...row, share: row.songs / all})), name,
        row => row.share, {unit: 'of the chart', format: C.percent, color: 5, click: toArtist}),
      C.figure('Release years', 'Of the albums', () => ({
        tooltip: {formatter: item => item.name + '\n' + C.plural(item.value, 'song')},
        xAxis: {type: 'category', data: years2.map(row => row.year)}, yAxis: {type: 'value', minInterval: 1},
        series: [{type: 'bar', barCategoryGap: '15%', barMaxWidth: 40, itemStyle: {color: C.color('series-2')}, data: years2.map(row => row.songs)}],
      }), {columns: [{label: 'Year', head: true, year: true, key: 'year'}, {label: 'Songs', num: true, key: 'songs'}], rows: years})),
    C.section('Artists', 'The more songs, the larger', C.cloud(artists.slice(0, 60))),
    C.section('Top songs by ' + what, null, C.table('Top songs by ' + what, [
      {label: 'Song', head: true, value: row => row.song_name, cell: C.songCell},
      popular ? {label: 'Popularity', num: true, key: 'popularity'} : null, {label: 'Rank', num: true, key: 'position'},
      {label: 'Length', num: true, value: row => row.duration_ms, cell: row => C.length(row.duration_ms)}].filter(Boolean), best, {most: 15})),
    C.section('Albums', null, albums.length ? C.table('Albums', [
      {label: 'Album', head: true, value: row => row.album_name, cell: row => C.h('span', {class: 'song'}, C.cover(row.image_url),
        C.h('span', {class: 'titles', dir: 'auto'}, row.album_name || row.album_id), C.outside('album', row.album_id, row.album_url, row.album_name))},
      {label: 'Released', value: row => row.release_date_text, cell: row => row.release_date_text || 'unknown', class: 'date'},
      {label: 'Songs here', num: true, key: 'songs'}, {label: 'Tracks', num: true, wide: true, key: 'total_tracks'}], albums, {most: 15})
      : C.h('p', {class: 'empty'}, 'No albums are known of this list: chart files do not name them.')),
  ];
}};

/** Names by size, in a fixed but mixed order: nine sizes of plain text, so that everything reads, wraps and clicks. */
C.cloud = artists => {
  if (!artists.length) return C.h('p', {class: 'empty'}, 'No artists are known.');
  const most = Math.max(...artists.map(row => row.songs));
  const hash = text => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7);
  return C.h('ul', {class: 'cloud'}, [...artists].sort((a, b) => hash(a.artist_name) - hash(b.artist_name)).map(row =>
    C.h('li', {class: 'w' + Math.max(1, Math.round(9 * (most === 1 ? .3 : row.songs / most)))}, C.artistLink(row),
      C.h('span', {class: 'quiet'}, ', ' + C.plural(row.songs, 'song')))));
};
