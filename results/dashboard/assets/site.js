// What happens in the browser alone: choices go into the address, the language changes there, and daylight or dark is remembered.
(function () {
  'use strict';
  const kept = window.localStorage;
  function shade(name) {
    document.documentElement.dataset.theme = name;
    document.documentElement.dataset.agThemeMode = name === 'dark' ? 'dark' : 'light';
  }
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  shade(kept.getItem('theme') || (dark.matches ? 'dark' : 'light'));

  function here() {
    return { pathname: window.location.pathname, search: window.location.search };
  }
  function tell() {
    window.dash_clientside.set_props('place', { data: here() });
    window.scrollTo(0, 0);
  }
  window.addEventListener('popstate', tell);
  window.addEventListener('_dashprivate_pushstate', tell); // a link of Dash was followed

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    site: {
      where: here,
      // A choice replaces the address instead of adding to the history: the way back leads to the page before.
      write: function (values, language, ids) {
        if (!ids.length) return window.dash_clientside.no_update;
        const query = new URLSearchParams();
        ids.forEach(function (id, k) {
          const listed = Array.isArray(values[k]) ? values[k] : [values[k]];
          (listed.length ? listed : ['']).forEach(function (value) {
            query.append(id.name, value === null || value === undefined ? '' : value);
          });
        });
        if (language !== 'en') query.append('lang', language);
        window.history.replaceState(window.history.state, '', window.location.pathname + '?' + query.toString());
        return query.toString();
      },
      speak: function (clicks, language) {
        if (!clicks) return window.dash_clientside.no_update;
        const query = new URLSearchParams(window.location.search);
        query.delete('lang');
        if (language === 'en') query.append('lang', 'zh');
        const text = query.toString();
        window.history.pushState(null, '', window.location.pathname + (text ? '?' + text : ''));
        tell();
        return text;
      },
      light: function (clicks, title) {
        if (clicks) {
          const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
          kept.setItem('theme', next);
          shade(next);
        }
        return title;
      },
      titled: function (language, page) {
        document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
        document.title = page + ' – relmarket';
        // On a telephone the pages' names are moved sideways: the one that is open should be in sight.
        const own = document.querySelector('nav a.here');
        if (own) own.parentElement.scrollLeft = own.offsetLeft - own.parentElement.offsetLeft - (own.parentElement.clientWidth - own.offsetWidth) / 2;
        return page;
      },
    },
  });
})();
