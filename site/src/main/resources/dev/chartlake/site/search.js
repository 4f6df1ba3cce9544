// Shows the sections that have all words of the address's "q", the best first. Without this script the page lists all.
(function () {
  'use strict';
  var MOST = 50, AROUND = 110;
  var field = document.querySelector('input[name=q]');
  var found = document.getElementById('found');
  var list = document.getElementById('sections');
  var sections = Array.prototype.map.call(list.children, function (item) {
    var page = item.querySelector('span');
    var text = item.querySelector('p').textContent;
    return {
      item: item, text: text, title: fold(item.querySelector('a').textContent),
      page: fold(page ? page.textContent : ''), folded: fold(text)
    };
  });

  // Small letters without accents, each text as long as before, so that places stay the same.
  function fold(text) {
    return Array.from(text, function (letter) {
      var plain = letter.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
      return plain.length === letter.length ? plain : letter;
    }).join('');
  }

  function score(section, word) {
    if (section.title === word) return 40;
    if (section.title.indexOf(word) >= 0) return 20;
    var at = section.folded.indexOf(word);
    if (section.page.indexOf(word) >= 0) return at >= 0 ? 8 : 4;
    if (at < 0) return 0;
    return 1 + Math.min(5, section.folded.split(word).length - 2);
  }

  // The text around the first word, with every word marked.
  function excerpt(section, words) {
    var first = Math.min.apply(null, words.map(function (word) {
      var at = section.folded.indexOf(word);
      return at < 0 ? Infinity : at;
    }));
    var from = first < AROUND || first === Infinity ? 0 : section.text.indexOf(' ', first - AROUND) + 1;
    var to = section.text.indexOf(' ', from + 2 * AROUND);
    if (to < 0) to = section.text.length;
    var part = document.createElement('p');
    part.append(from > 0 ? '… ' : '');
    for (var at = from; at < to;) {
      var word = words.find(function (w) { return section.folded.startsWith(w, at); });
      if (word) {
        var mark = document.createElement('mark');
        mark.textContent = section.text.slice(at, at + word.length);
        part.append(mark);
        at += word.length;
      } else {
        part.append(section.text[at++]);
      }
    }
    part.append(to < section.text.length ? ' …' : '');
    part.normalize();
    return part;
  }

  function show() {
    var words = fold(field.value).split(/\s+/).filter(Boolean);
    var hits = sections.map(function (section) {
      var scores = words.map(function (word) { return score(section, word); });
      return { section: section, score: Math.min.apply(null, scores) > 0 ? scores.reduce(sum, 0) : 0 };
    }).filter(function (hit) { return words.length === 0 || hit.score > 0; });
    if (words.length) hits.sort(function (a, b) { return b.score - a.score; });
    var shown = words.length ? hits.slice(0, MOST) : hits;
    list.replaceChildren.apply(list, shown.map(function (hit) {
      var item = hit.section.item;
      item.replaceChild(words.length ? excerpt(hit.section, words) : plain(hit.section), item.querySelector('p'));
      return item;
    }));
    found.textContent = words.length === 0 ? 'All sections of all pages:'
      : hits.length === 0 ? 'Nothing has all of these words. Try fewer of them, or only the beginning of one.'
      : hits.length + (hits.length === 1 ? ' section' : ' sections') + (hits.length > MOST ? ', the first ' + MOST : '') + ':';
  }

  function plain(section) {
    var part = document.createElement('p');
    part.textContent = section.text;
    return part;
  }

  function sum(a, b) { return a + b; }

  field.value = new URLSearchParams(location.search).get('q') || '';
  field.addEventListener('input', show);
  show();
})();
