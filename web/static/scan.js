// A card's page tells that it was seen: once, when it is visible, and nothing about who sees it. Plain ES5.
// Without this script the way into the conversation carries a mark, and the first act there counts instead.
(function () {
  "use strict";
  var main = document.querySelector("[data-scan]");
  var way = document.querySelector("[data-tap]");
  var told = false;

  // A reload, the way back and a change of language are no second scan.
  function again() {
    var came = window.performance && window.performance.navigation;
    return location.hash === "#again" || Boolean(came && came.type !== 0);
  }

  function seen() {
    if (told || !main || (document.visibilityState && document.visibilityState !== "visible")) { return; }
    told = true;
    if (again() || (navigator.sendBeacon && navigator.sendBeacon(main.getAttribute("data-scan")))) {
      if (way) { way.href = way.href.split("?")[0]; }
    }
  }

  document.addEventListener("visibilitychange", seen);
  seen();
})();
