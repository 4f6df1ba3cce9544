'use strict';
// The frame: what is chosen, the pages, and the keys.

C.list = () => (C.lists || []).find(list => list.source === C.state.source && list.playlist_id === C.state.list);
C.loading = () => C.h('div', {class: 'loading', role: 'status'}, C.h('span', {class: 'quiet'}, 'Loading'), C.h('div'), C.h('div'), C.h('div'));

/** Fills in what the address does not say: a list, its newest day, a span. */
C.complete = async state => {
  const list = state.list ? C.named(state.list, state.source) : C.remembered() || await C.opening();
  Object.assign(state, {source: list.source, list: list.playlist_id, span: C.SPANS[state.span] ? state.span : '4w', by: state.by === 'song' && !C.exported ? 'song' : null});
  const dates = (await C.load('dates', {source: list.source, list: list.playlist_id})).dates;
  C.days = dates.map(row => row.snapshot_date);
  C.observed = Object.fromEntries(dates.map(row => [row.snapshot_date, row.observed_at]));
  const wanted = state.date || '9999';
  state.date = C.days.filter(day => day <= wanted).at(-1) || C.days[0];
};

C.show = async () => {
  const shown = C.shown = {};
  const main = document.getElementById('main');
  const slow = setTimeout(() => { if (C.shown === shown) { C.clear(); main.replaceChildren(C.loading()); } }, 150);
  try {
    await C.refresh();
    C.lists = (await C.load('lists')).lists;
    if (!C.lists.length) {
      C.state = C.read();
      C.top();
      return main.replaceChildren(C.notice('Nothing here yet', 'No day is transformed in this lake. Take a snapshot with ./chartlake run LIST, or bring files with ./chartlake import FILE and ./chartlake transform. To look around first: ./chartlake demo'));
    }
    const state = C.read();
    const dated = Boolean(state.date);
    await C.complete(state);
    if (C.shown !== shown) return;
    C.state = state;
    C.dated = dated;
    C.remember(C.list());
    document.title = C.pages[state.page].title + ' – ' + C.listName(C.list()) + ' – Chartlake';
    C.top();
    const content = await C.pages[state.page].show();
    if (C.shown !== shown) return;
    const kept = scrollY;
    const before = C.drawnState;
    C.clearOld();
    main.replaceChildren(...content.filter(Boolean));
    C.draw();
    const same = before && before.page === state.page && before.song === state.song && before.artist === state.artist;
    scrollTo(0, same ? kept : 0);
    C.drawnState = state;
    C.health(); // after the page itself, which it would slow down
    main.dataset.ready = location.hash || '#';
    C.say(C.pages[state.page].title + ', ' + C.listName(C.list()) + ', ' + C.day(state.date));
    C.ahead();
  } catch (error) {
    if (C.shown !== shown) return;
    if (error.lists) C.noList();
    C.state = C.state || C.read();
    C.clear();
    main.replaceChildren(C.h('section', {class: 'notice failed', role: 'alert'}, C.h('h1', {}, 'This did not work'), C.h('p', {}, error.message), error.lists ? C.choices(error.lists) : null,
      C.h('p', {}, C.h('button', {type: 'button', class: 'primary', onclick: () => { C.answers.clear(); C.show(); }}, 'Try again'), ' ',
        C.h('a', {href: '#chart'}, 'Go to the chart'))));
    main.dataset.ready = 'failed';
  } finally { clearTimeout(slow); }
};

/** The frame while no list is chosen. */
C.noList = () => {
  C.state = C.read();
  C.dated = Boolean(C.state.date);
  C.top();
};

/** Figures of the page that goes; those of the one that comes are not on the page yet. */
C.clearOld = () => {
  const coming = C.drawn.filter(each => !each.canvas.isConnected && !each.canvas.chart);
  C.drawn = C.drawn.filter(each => !coming.includes(each));
  C.clear();
  C.drawn = coming;
};

/** The days beside this one, so that stepping takes no time. */
C.ahead = () => {
  const at = C.days.indexOf(C.state.date);
  for (const day of [C.days[at - 1], C.days[at + 1]]) {
    if (day) C.loadChart(C.state.source, C.state.list, day).catch(() => {});
  }
};

C.step = by => {
  const day = C.days && C.days[C.days.indexOf(C.state.date) + by];
  if (day) C.change({date: day});
};

C.select = (label, options, chosen, change) => C.h('label', {class: 'choice'}, C.h('span', {}, label),
  C.h('select', {onchange: event => change(event.target.value)}, options.map(([value, text]) =>
    C.h('option', {value, selected: String(value) === String(chosen)}, text))));

C.top = () => {
  const {state} = C;
  const at = C.days ? C.days.indexOf(state.date) : -1;
  const focus = document.activeElement && document.activeElement.id;
  const step = (by, label, sign) => C.h('button', {type: 'button', id: 'step' + by, class: 'tool', 'aria-label': label, title: label + ' (' + (by < 0 ? '←' : '→') + ')',
    disabled: !(C.days && C.days[at + by]), onclick: () => C.step(by)}, sign);
  document.getElementById('top').replaceChildren(
    C.h('div', {class: 'bar'},
      C.h('a', {class: 'brand', href: C.link('chart')}, C.h('img', {src: 'icon.svg', alt: '', width: 24, height: 24}), 'Chartlake'),
      C.h('nav', {'aria-label': 'Pages'}, Object.entries(C.pages).filter(([, page]) => !page.hidden).map(([name, page]) =>
        C.h('a', {href: C.link(name), 'aria-current': name === state.page ? 'page' : null}, page.title))),
      C.searchBox(),
      C.h('button', {type: 'button', class: 'tool', id: 'theme', 'aria-label': 'Switch between light and dark', title: 'Light or dark', onclick: C.theme}, '◐')),
    C.lists && C.lists.length ? C.h('div', {class: 'bar choices'},
      C.listPicker('list', 'List', C.list(), list =>
        C.change({source: list.source, list: list.playlist_id, song: C.state.page === 'trends' ? null : C.state.song})),
      C.list() && C.h('div', {class: 'dates'}, step(-1, 'Day before', '‹'),
        C.select('Date', [['', 'Newest, ' + C.day((C.days || []).at(-1))], ...[...(C.days || [])].reverse().map(day => [day, C.day(day)])],
          C.dated ? state.date : '', date => C.change({date})),
        step(1, 'Day after', '›')),
      C.pages[state.page].span ? C.select('Span', Object.entries(C.SPANS).map(([key, [name]]) => [key, name]), state.span, span => C.change({span})) : null,
      C.exported ? null : C.select('Count', [['recording', 'Recordings'], ['song', 'Song ids']], state.by || 'recording', by => C.change({by: by === 'recording' ? null : by})),
      C.select('Dates', [['utc', 'UTC'], ['local', 'Local']], state.dates || 'utc', dates => C.change({dates: dates === 'utc' ? null : dates})),
      C.list() && C.h('a', {class: 'health', id: 'health', href: C.link('lists')}, 'Looking at freshness …')) : '');
  if (focus && document.getElementById(focus)) document.getElementById(focus).focus();
  if (C.list() && C.answers.has('status?')) C.health();
};

C.health = async () => {
  const box = document.getElementById('health');
  if (!box) return;
  try {
    const status = await C.status();
    if (!C.list()) return;
    const list = C.listStatus(status, C.state.source, C.state.list);
    const late = Date.parse(status.now) - Date.parse(list.newest) > (list.every + 1) * 864e5;
    const bad = list.missing || status.quarantined || status.problems || status.findings;
    box.replaceChildren(status.complete ? C.h('span', {class: 'dot ' + (late || bad ? 'warn' : 'good'), 'aria-hidden': 'true'}, late || bad ? '!' : '✓') : '',
      [C.age(list.newest, status.now), !status.complete ? 'looking for gaps …' : list.missing ? C.plural(list.missing, 'day') + ' missing' : 'no day missing',
        status.quarantined ? status.quarantined + ' quarantined' : null, status.problems ? C.plural(status.problems, 'problem') : null, status.findings ? C.plural(status.findings, 'broken contract') : null,
        status.waiting ? status.waiting + ' waiting' : null].filter(Boolean).join(' · '));
  } catch (error) { box.textContent = 'Freshness is not known: ' + error.message; }
};

C.searchBox = () => {
  const found = C.h('ul', {id: 'found', class: 'found', hidden: true});
  const input = C.h('input', {id: 'search', type: 'search', placeholder: 'Search songs, artists, lists', 'aria-label': 'Search songs, artists and lists', autocomplete: 'off', 'aria-controls': 'found'});
  let asked = 0;
  const ask = async () => {
    const q = input.value.trim();
    const mine = ++asked;
    if (!q) { found.hidden = true; return; }
    let rows;
    try {
      const {search_songs: songs, search_artists: artists, lists} = await C.search(q);
      rows = [...artists.map(artist => [C.link('artist', {artist: artist.artist_id}), artist.artist_name || artist.artist_id, 'Artist']),
        ...lists.map(list => [C.link('chart', {source: list.source, list: list.playlist_id, date: null}), C.listName(list), ['List', C.listHint(list)].filter(Boolean).join(' · ')]),
        ...songs.map(song => [C.link('song', {song: song.song_id}), song.song_name || song.song_id,
          [song.artist_names, song.editions > 1 ? song.editions + ' editions' : null].filter(Boolean).join(' · ')])];
    } catch (error) { rows = []; }
    if (mine !== asked) return;
    found.replaceChildren(...rows.map(([href, name, by]) => C.h('li', {}, C.h('a', {href, onclick: () => { found.hidden = true; }},
      C.h('strong', {dir: 'auto'}, name), C.h('span', {class: 'by', dir: 'auto'}, by || '')))));
    if (!rows.length) found.replaceChildren(C.h('li', {class: 'empty'}, 'Nothing found'));
    found.hidden = false;
    C.say(C.plural(rows.length, 'result'));
  };
  let timer;
  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  const box = C.h('form', {class: 'search', role: 'search', onsubmit: event => {
    event.preventDefault();
    const first = found.querySelector('a');
    if (first) { location.hash = first.getAttribute('href'); found.hidden = true; }
  }}, input, found);
  box.addEventListener('keydown', event => {
    if (event.key === 'Escape') { found.hidden = true; input.focus(); }
    const links = [input, ...found.querySelectorAll('a')];
    const next = links.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : NaN);
    if (links[next]) { event.preventDefault(); links[next].focus(); }
  });
  box.addEventListener('focusout', event => { if (!box.contains(event.relatedTarget)) setTimeout(() => { found.hidden = true; }, 150); });
  return box;
};

C.theme = () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  C.setting('theme', root.dataset.theme);
  C.draw();
};

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, .scroll')) return;
  if (event.key === 'ArrowLeft') C.step(-1);
  else if (event.key === 'ArrowRight') C.step(1);
  else if (event.key === '/') { event.preventDefault(); document.getElementById('search').focus(); }
});
// The address of a link that is clicked again does not change, but the lake may have.
document.addEventListener('click', event => {
  const link = event.target.closest('a[href^="#"]');
  if (link && link.hash === location.hash && link.hash !== '#main') C.show();
});
addEventListener('hashchange', event => {
  if (location.hash === '#main') {
    document.getElementById('main').focus();
    history.replaceState(null, '', event.oldURL);
  } else C.show();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', C.draw);

document.getElementById('foot').append(
  C.h('p', {}, 'Songs, artists, albums and covers: data of ', C.h('a', {href: 'https://open.spotify.com/', rel: 'noopener noreferrer', target: '_blank'}, 'Spotify'),
    '. ↗ opens an item there. Chartlake is not affiliated with Spotify.'),
  C.h('p', {}, C.h('kbd', {}, '←'), ' ', C.h('kbd', {}, '→'), ' step by day, ', C.h('kbd', {}, '/'), ' searches. Charts are drawn with ',
    C.h('a', {href: 'LICENSE'}, 'Apache ECharts'), '.', C.exported ? ' A static export of ' + document.documentElement.dataset.exportedAt + '.' : ''));
C.show();
