'use strict';
// What lists are called, how they are found, and how one is picked.

C.listName = list => list.playlist_name || list.playlist_id || 'Unknown list';
C.listHint = list => [list.market_name, list.period, list.list_group].filter(Boolean).join(' · ');

/** The words of a text as people type them: without accents, case and punctuation. */
C.fold = text => (text || '').replace(/['’]/g, '').replaceAll('&', ' and ').toLowerCase().normalize('NFKD').replace(/\p{M}+/gu, '')
  .replace(/[øæœßđðþłıħ]/g, letter => ({ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', ħ: 'h'})[letter])
  .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** What tells lists of one market apart. */
C.wordsOf = list => C.fold([C.listName(list), list.playlist_id, list.period, list.list_group, list.source].filter(Boolean).join(' ')).split(' ');
C.aliases = list => (list.aliases || '').split(', ').filter(Boolean);

/** The lists in whose name, market, period, group, aliases or id every word of a text begins a word. */
C.matching = q => {
  const words = C.fold(q).split(' ').filter(Boolean);
  const plain = q.trim().toLowerCase();
  const text = list => ' ' + C.fold([C.listName(list), list.market_name, list.market_names, list.market, list.period, list.list_group, list.aliases, list.playlist_id].filter(Boolean).join(' '));
  return C.lists.filter(list => words.length ? words.every(word => text(list).includes(' ' + word)) : C.listName(list).toLowerCase().includes(plain));
};

/** The lists that an address can mean, in the ways in which --list finds one: the first way that finds some decides. */
C.meant = (text, source) => {
  const id = text.replace(/^spotify:playlist:|^https?:\/\/open\.spotify\.com\/(?:intl-[a-z-]+\/)?playlist\//, '').replace(/[?#].*$/, '').replace(/^(?:spotify-web-api|spotify-charts)\//, '');
  const words = C.fold(text);
  const of = list => [list.market, list.market_name, ...(list.market_names || '').split(', ')].filter(Boolean).map(C.fold);
  const left = (all, market) => (' ' + all + ' ').replace(' ' + market + ' ', ' ').split(' ').filter(Boolean);
  const ways = [
    list => list.playlist_id === id && (!source || list.source === source),
    list => list.playlist_id === id || C.listName(list).toLowerCase() === text.toLowerCase(),
    list => C.fold(C.listName(list)) === words,
    list => C.aliases(list).some(alias => C.fold(alias) === words),
    list => of(list).some(market => (' ' + words + ' ').includes(' ' + market + ' ') && left(words, market).every(word => C.wordsOf(list).includes(word))),
    list => [C.listName(list), list.playlist_id, ...of(list), ...C.aliases(list)].some(name => C.fold(name).startsWith(words)),
  ];
  for (const way of words || id ? ways.slice(0, words ? 6 : 2) : []) {
    const found = C.lists.filter(way);
    if (found.length) return found;
  }
  return [];
};

/** The one list that an address means. An error about several holds them as {@code lists}. */
C.named = (text, source) => {
  const found = C.meant(text, source);
  if (found.length === 1) return found[0];
  throw found.length ? Object.assign(new Error(found.length + ' lists can be meant by ' + text + '. Choose one of them:'), {lists: found})
    : new Error('There is no list ' + text + ' in this lake.');
};

/** The shortest text that means this list and no other, as the command line tells it. */
C.shortName = list => {
  const market = (list.market_name || '').toLowerCase();
  return [market, market && list.period && market + ' ' + list.period, C.listName(list), ...C.aliases(list)]
    .find(text => text && (found => found.length === 1 && found[0] === list)(C.meant(text))) || list.source + '/' + list.playlist_id;
};

/** Links to lists that one name can mean, by the names that tell them apart. */
C.choices = lists => C.h('ul', {class: 'meant'}, lists.slice(0, 20).map(list => {
  const name = C.shortName(list);
  const to = name === list.source + '/' + list.playlist_id ? {source: list.source, list: list.playlist_id} : {source: null, list: name};
  return C.h('li', {}, C.h('a', {dir: 'auto', href: C.link(C.state.page, {...C.said(), ...to})}, name), name === C.listName(list) ? null : [' for ', C.h('bdi', {}, C.listName(list))]);
}), lists.length > 20 ? C.h('li', {}, C.number(lists.length - 20) + ' more: type above to find them') : null);

/** The list last looked at in this browser, if this lake has it. */
C.remembered = () => {
  const [source, id] = (C.setting('list') || '').split(' ');
  return C.lists.find(list => list.source === source && list.playlist_id === id);
};
C.remember = list => C.setting('list', list.source + ' ' + list.playlist_id);

/** The list to begin with. */
C.opening = async () => {
  const [first] = (await C.load('opening')).opening;
  return C.lists.find(list => first && list.source === first.source && list.playlist_id === first.playlist_id) || C.lists[0];
};

/** A field that shows the chosen list, and filters all lists by what is typed into it. */
C.listPicker = (id, label, chosen, change) => {
  const MOST = 200;
  const name = chosen ? C.listName(chosen) : '';
  const input = C.h('input', {id, type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false', dir: 'auto', 'aria-expanded': 'false',
    'aria-controls': id + '-options', 'aria-autocomplete': 'list', title: name});
  const options = C.h('ul', {id: id + '-options', class: 'found options', role: 'listbox', 'aria-label': 'Lists', hidden: true});
  input.value = name;
  let shown = [];
  let at = -1;
  const mark = to => {
    at = to;
    [...options.children].forEach((option, i) => option.classList.toggle('active', i === at));
    if (at >= 0) {
      input.setAttribute('aria-activedescendant', options.children[at].id);
      options.children[at].scrollIntoView({block: 'nearest'});
    } else input.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    options.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    input.value = name;
  };
  const pick = list => {
    close();
    if (list && list !== chosen) change(list);
  };
  const open = q => {
    const all = q ? C.matching(q) : C.lists;
    shown = all.slice(0, MOST);
    options.replaceChildren(...shown.map((list, i) => C.h('li', {id: id + '-option-' + i, role: 'option', 'aria-selected': String(list === chosen),
      onmousedown: event => event.preventDefault(), onclick: () => pick(list)},
      C.h('strong', {dir: 'auto'}, C.listName(list)), C.h('span', {class: 'by', dir: 'auto'}, [C.listHint(list), 'to ' + C.day(list.last_snapshot, true)].filter(Boolean).join(' · ')))));
    if (!shown.length) options.append(C.h('li', {class: 'empty', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false'}, 'No list has this in its name, market, period or group'));
    if (all.length > MOST) options.append(C.h('li', {class: 'empty', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false'}, C.number(all.length - MOST) + ' more: type to find them'));
    options.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    mark(q ? (shown.length ? 0 : -1) : shown.indexOf(chosen));
    if (q) C.say(C.plural(all.length, 'list'));
  };
  input.addEventListener('focus', () => input.select());
  input.addEventListener('mousedown', event => {
    if (!options.hidden) return;
    event.preventDefault(); // a click into what is selected would take the selection away
    input.focus();
    input.select();
    open('');
  });
  input.addEventListener('click', () => { if (options.hidden) open(''); });
  input.addEventListener('input', () => open(input.value.trim()));
  input.addEventListener('blur', close);
  input.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (options.hidden) open('');
      else if (shown.length) mark((at + (event.key === 'ArrowDown' ? 1 : -1) + shown.length) % shown.length);
    } else if (event.key === 'Enter' && !options.hidden) {
      event.preventDefault();
      pick(shown[at]);
    } else if (event.key === 'Escape' && !options.hidden) {
      event.stopPropagation();
      close();
      input.select();
    }
  });
  return C.h('div', {class: 'choice picker'}, C.h('label', {for: id}, label), input, options);
};
