'use strict';
// One object holds the page: C. Text from the data reaches the document as text nodes alone.
const C = {
  pages: {},
  images: document.documentElement.dataset.images === 'true',
  exported: document.documentElement.dataset.exported === 'true',
};

/** An element: h('a', {href: '#x', class: 'y'}, 'text', node, …). Properties that are null are left out. */
C.h = (tag, properties, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value == null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(3).filter(child => child != null && child !== false));
  return element;
};

/** The address's state: {page, and each parameter}. */
C.read = () => {
  const [page, query] = location.hash.slice(1).split('?');
  return {...Object.fromEntries(new URLSearchParams(query || '')), page: C.pages[page] ? page : 'chart'};
};

C.KEPT = ['source', 'list', 'date', 'span', 'dates', 'by'];

/** What counts as one song, for views that depend on it: recordings, unless the address says by=song. */
C.by = () => C.state.by === 'song' ? {by: 'song'} : {};

/** What the address says; it says no date while the page stays on the list's newest day. */
C.said = () => Object.fromEntries(Object.entries(C.state || {}).filter(([name]) => name !== 'page' && (name !== 'date' || C.dated)));

/** The address of a page with what is chosen now, and these changes; null takes a parameter out. */
C.link = (page, changes = {}) => {
  const query = new URLSearchParams();
  const said = C.said();
  for (const name of C.KEPT) if (said[name]) query.set(name, said[name]);
  for (const [name, value] of Object.entries(changes)) {
    if (value == null || value === '') query.delete(name);
    else query.set(name, value);
  }
  return '#' + page + (query.toString() ? '?' + query : '');
};

/** Changes the address, which shows the page it says. */
C.go = (page, changes, replace) => {
  const to = C.link(page, changes);
  if (replace) {
    history.replaceState(null, '', to);
    C.show();
  } else {
    location.hash = to;
  }
};

/** As go, on the page that is shown and with all of its parameters. */
C.change = changes => C.go(C.state.page, {...C.said(), ...changes});

C.setting = (name, value) => {
  try {
    if (value !== undefined) localStorage.setItem('chartlake-' + name, value);
    return localStorage.getItem('chartlake-' + name);
  } catch (blocked) { return null; }
};

C.number = value => value == null ? '' : Number(value).toLocaleString('en');
C.percent = value => value == null ? '' : (100 * value).toFixed(1) + ' %';
C.compact = value => value == null ? ''
  : Number(value).toLocaleString('en', {notation: 'compact', maximumFractionDigits: 1});
C.length = ms => ms == null ? '' : Math.floor(Math.round(ms / 1000) / 60) + ':'
  + String(Math.round(ms / 1000) % 60).padStart(2, '0');
C.minutes = ms => ms == null ? '–' : (ms / 60000).toFixed(2);
C.plural = (n, one, many) => C.number(n) + ' ' + (n === 1 ? one : many || one + 's');

/** A moment that the data says in UTC, as a date. */
C.moment = text => text ? new Date(/[Z]$/.test(text) ? text : text.replace(' ', 'T') + 'Z') : null;

/** A snapshot's day in words: the UTC day, or this browser's day at the time it was observed. */
C.day = (date, short) => {
  if (!date) return '';
  const local = C.state && C.state.dates === 'local';
  const seen = local && C.observed ? C.observed[date] : null;
  const options = short ? {day: 'numeric', month: 'short', year: 'numeric'}
    : {weekday: 'short', day: 'numeric', month: 'short', year: 'numeric'};
  return new Intl.DateTimeFormat('en-GB', seen ? options : {...options, timeZone: 'UTC'})
    .format(seen ? C.moment(seen) : new Date(date + 'T00:00:00Z'));
};
C.time = text => {
  if (!text) return '';
  const local = C.state && C.state.dates === 'local';
  return new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit',
    minute: '2-digit', timeZoneName: 'short', ...(local ? {} : {timeZone: 'UTC'})}).format(C.moment(text));
};
C.before = (date, days) => new Date(Date.parse(date + 'T00:00:00Z') - days * 864e5).toISOString().slice(0, 10);

/** Only Spotify's own addresses become links or pictures, whatever the data says. */
C.spotify = (kind, id, url) => /^https:\/\/open\.spotify\.com\//.test(url || '') ? url
  : /^[0-9A-Za-z]{22}$/.test(id || '') ? 'https://open.spotify.com/' + kind + '/' + id : null;
C.outside = (kind, id, url, name) => {
  const href = C.spotify(kind, id, url);
  return href && C.h('a', {class: 'outside', href, rel: 'noopener noreferrer', target: '_blank',
    title: 'Open on Spotify', 'aria-label': 'Open ' + (name || 'it') + ' on Spotify'}, '↗');
};
C.cover = (url, size = '') => {
  const box = C.h('span', {class: 'cover ' + size, 'aria-hidden': 'true'}, '♪');
  if (C.images && /^https:\/\/(i|mosaic)\.scdn\.co\//.test(url || '')) {
    const image = C.h('img', {src: url, alt: '', loading: 'lazy', decoding: 'async', referrerpolicy: 'no-referrer',
      onload: () => box.replaceChildren(image)});
    box.append(image);
    image.addEventListener('error', () => image.remove());
  }
  return box;
};

C.songLink = song => C.h('a', {href: C.link('song', {song: song.song_id}), dir: 'auto'},
  song.song_name || 'Unknown song ' + song.song_id);
C.credits = song => (song.credits || []).length
  ? song.credits.map((artist, i) => [i ? ', ' : null, C.artistLink(artist)])
  : [C.artistLink({artist_name: song.artist_names})];
C.artistLink = artist => artist.artist_id
  ? C.h('a', {href: C.link('artist', {artist: artist.artist_id}), dir: 'auto'}, artist.artist_name || artist.artist_id)
  : artist.artist_name
    ? C.h('a', {href: C.link('artist', {credit: artist.artist_name}), dir: 'auto'}, artist.artist_name)
    : 'Unknown artist';

/** Up, down, new, back or the same, with a sign and a word, so that colour says nothing alone. */
C.move = row => {
  const [kind, sign, word] = {
    new: ['new', 'NEW', 'new'], 're-entry': ['back', 'RE', 'returned'],
    first: ['same', '–', 'not known'],
    up: ['up', '▲ ' + row.change, 'up ' + row.change], down: ['down', '▼ ' + -row.change, 'down ' + -row.change],
  }[row.status] || ['same', '=', 'unchanged'];
  return C.h('span', {class: 'move ' + kind},
    C.h('span', {'aria-hidden': 'true'}, sign), C.h('span', {class: 'quiet'}, word));
};

/** A number, marked if it is the chart's own because the list's snapshots do not go back far enough. */
C.reported = (value, marked) => marked ? C.h('span', {title: 'As the chart reports it'}, value, '*') : value;
C.REPORTED = '* As the chart reports it: the snapshots of this list do not go back far enough.';

C.say = text => { document.getElementById('live').textContent = text; };
C.notice = (title, text, level = 'h1') => C.h('section', {class: 'notice'}, C.h(level, {}, title), C.h('p', {}, text));
C.section = (title, hint, ...content) => C.h('section', {class: 'card'},
  C.h('div', {class: 'head'}, C.h('h2', {}, title), hint && C.h('p', {class: 'hint'}, hint)), ...content);

C.save = (name, type, content) => {
  const url = type === 'image/png' ? content : URL.createObjectURL(new Blob([content], {type}));
  C.h('a', {href: url, download: name}).click();
  if (type !== 'image/png') setTimeout(() => URL.revokeObjectURL(url), 1000);
};
C.fileName = (title, ending) => [title, C.state.list, C.state.date].filter(Boolean).join('-')
  .toLowerCase().replace(/[^a-z0-9-]+/g, '-') + ending;
