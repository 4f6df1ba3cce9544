'use strict';
// Answers are kept for as long as the lake stays as it is. An export has them as scripts, since no page may fetch from disk.
C.answers = new Map();
C.waiting = new Map();

/** Tables by name, each an array of rows as objects. */
C.load = (view, parameters = {}) => {
  const key = view + '?' + new URLSearchParams(parameters);
  if (!C.answers.has(key)) {
    const answer = (C.exported ? C.fromFile(view, parameters) : C.fromServer('api/' + key));
    C.answers.set(key, answer.then(C.tables));
    answer.catch(() => C.answers.delete(key));
    if (C.answers.size > 300) C.answers.delete(C.answers.keys().next().value);
  }
  return C.answers.get(key);
};

C.tables = answer => {
  const tables = {};
  for (const [name, table] of Object.entries(answer)) {
    tables[name] = table && table.columns ? table.rows.map(row =>
      Object.fromEntries(row.map((value, i) => [table.columns[i], value]))) : table;
  }
  return tables;
};

/** Asks whether a day was committed since the last answer, but does not wait long: the page is then shown again if one was. */
C.refresh = async () => {
  if (C.exported || !C.answers.size) return;
  const before = C.lakeState;
  let late = false;
  const asked = C.fromServer('api/state').catch(() => {}) // a server that is gone is told where it is needed
    .then(() => { if (late && C.lakeState !== before) C.show(); });
  await Promise.race([asked, new Promise(resolve => setTimeout(resolve, 400))]);
  late = true;
};

C.fromServer = async (address, options) => {
  let response;
  try {
    response = await fetch(address, options);
  } catch (gone) {
    throw new Error('The dashboard’s server does not answer. Is ./chartlake dashboard still running?');
  }
  const body = await response.json().catch(() => ({error: 'The answer is no JSON (' + response.status + ').'}));
  if (!response.ok) throw new Error(body.error || 'The server answered ' + response.status + '.');
  const state = response.headers.get('X-Lake-State');
  if (state && C.lakeState && state !== C.lakeState) C.answers.clear();
  if (state) C.lakeState = state;
  return body;
};

C.fromFile = async (view, parameters) => {
  const parts = await Promise.all(Object.values(parameters).map(async text => {
    const name = C.fileName(text);
    return name.length <= 80 ? name : (await C.load('names'))[text] || 'none';
  }));
  const path = ['data', view, ...parts].join('/') + '.js';
  return new Promise((resolve, reject) => {
    C.waiting.set(path, resolve);
    const script = C.h('script', {src: path, onload: () => script.remove(), onerror: () => {
      script.remove();
      reject(new Error('This is not part of the export. ./chartlake dashboard shows all of the lake.'));
    }});
    document.head.append(script);
  });
};

/** The name of a part of an export's path, as ExportNames makes it. */
C.fileName = text => {
  if (text === '') return '_';
  const reserved = text === '_' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(text);
  const bytes = new TextEncoder().encode(text);
  let name = '';
  bytes.forEach((byte, i) => {
    const letter = String.fromCharCode(byte);
    const plain = /[A-Za-z0-9_.-]/.test(letter) && !(letter === '.' && (i === 0 || i === bytes.length - 1)) && !(reserved && i === 0);
    name += plain ? letter : '~' + byte.toString(16).padStart(2, '0');
  });
  let capitals = '';
  for (let from = 0; from < name.length; from += 4) {
    capitals += [0, 1, 2, 3].reduce((bits, i) => bits << 1 | /[A-Z]/.test(name.charAt(from + i)), 0).toString(16);
  }
  capitals = capitals.replace(/0+$/, '');
  return name + (capitals && '~~' + capitals);
};

/** Called by the files of an export. */
C.put = (path, answer) => {
  const resolve = C.waiting.get(path);
  C.waiting.delete(path);
  if (resolve) resolve(answer);
};

C.chosen = () => ({source: C.state.source, list: C.state.list});

/** A day's chart, each row with its song's artists. */
C.loadChart = async (source, list, date) => {
  const chart = await C.load('chart', {source, list, date, ...C.by()});
  if (!chart.songs) {
    const credits = new Map();
    for (const credit of chart.credits) {
      if (!credits.has(credit.song_id)) credits.set(credit.song_id, []);
      credits.get(credit.song_id).push(credit);
    }
    chart.songs = chart.chart;
    for (const song of chart.songs) song.credits = credits.get(song.song_id) || [];
    chart.popular = chart.songs.some(song => song.popularity != null);
    chart.reported = chart.songs.some(song => C.reportedOf(song).length);
    chart.moves = chart.songs.some(song => song.previous_from_report) ? 'reported' : 'seen';
    chart.streamed = chart.songs.some(song => song.streams != null);
  }
  return chart;
};

C.SPANS = {'4w': ['4 weeks', 28], '13w': ['13 weeks', 91], '1y': ['1 year', 365], all: ['All time', 1e6]};
C.since = () => {
  const since = C.before(C.state.date, Math.min(C.SPANS[C.state.span][1] - 1, 36500));
  return since < C.days[0] ? C.days[0] : since;
};

/** Positions and turnover over the chosen span. */
C.loadSpan = async () => {
  const {source, list} = C.chosen();
  const since = C.since();
  const until = C.state.date;
  const span = C.exported ? await C.load('span', {source, list})
    : await C.load('span', {source, list, since, until, top: 30, ...C.by()});
  const inside = row => row.snapshot_date >= since && row.snapshot_date <= until;
  return {positions: span.positions.filter(inside), names: span.names, turnover: span.turnover.filter(inside)};
};

/** Artists, lists and songs that have every word of a text. */
C.search = async q => {
  const found = C.exported ? await C.searchExport(q) : await C.load('search', {q, top: 8});
  return {...found, lists: C.matching(q).slice(0, 5)};
};

/** In an export there are the songs and artists of the chosen list. */
C.searchExport = async q => {
  const {source, list} = C.chosen();
  const words = C.fold(q).split(' ');
  const has = (...texts) => words[0] ? words.every(word => (' ' + C.fold(texts.join(' '))).includes(new TextEncoder().encode(word).length > 2 ? word : ' ' + word)) : texts.join(' ').includes(q);
  const span = await C.load('span', {source, list});
  const chart = await C.loadChart(source, list, C.state.date);
  const artists = new Map(chart.credits.filter(each => has(each.artist_name)).map(each => [each.artist_id, each]));
  return {
    search_artists: [...artists.values()].slice(0, 8),
    search_songs: span.names.filter(song => has(song.song_name, song.artist_names)).slice(0, 8),
  };
};
