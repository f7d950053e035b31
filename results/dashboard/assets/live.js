// A page that closes says so, so that its work need not wait for nobody; a page that is only loaded anew asks again at once.
(function () {
  'use strict';
  window.addEventListener('pagehide', function () {
    ['live-token', 'story-token', 'lesson-token'].forEach(function (name) {
      const kept = window.sessionStorage.getItem(name);
      const token = kept ? JSON.parse(kept) : null;
      if (token) navigator.sendBeacon('/live/leave', token);
    });
  });
})();
