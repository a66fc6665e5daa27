// The desk's comfort: news of new tips, and keys. Every page works without this file.
(function () {
  "use strict";
  var rows = Array.prototype.slice.call(document.querySelectorAll(".list tbody tr"));
  var at = -1;

  function select(index) {
    if (!rows.length) { return; }
    if (rows[at]) { rows[at].removeAttribute("aria-current"); }
    at = Math.max(0, Math.min(rows.length - 1, index));
    rows[at].setAttribute("aria-current", "true");
    rows[at].querySelector("a").focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  }

  function choose(value) {
    var radio = document.querySelector('input[name="to"][value="' + value + '"]');
    if (radio) { radio.checked = true; document.getElementById("w").focus(); }
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/i.test(event.target.tagName)) { return; }
    switch (event.key) {
      case "j": select(at + 1); break;
      case "k": select(at - 1); break;
      case "o": if (rows[at]) { rows[at].querySelector("a").click(); } break;
      case "r": choose("reporter"); break;
      case "n": choose("note"); break;
      default: return;
    }
    event.preventDefault();
  });

  var fresh = document.getElementById("fresh");
  if (fresh && window.EventSource) {
    var title = document.title;
    var source = new EventSource(fresh.dataset.events);
    source.onmessage = function (event) {
      var n = Number(event.data);
      fresh.hidden = n === 0;
      fresh.querySelector("a").textContent = fresh.dataset.words.replace("#", n);
      document.title = n ? "(" + n + ") " + title.replace(/^\(\d+\) /, "") : title;
    };
    window.addEventListener("pagehide", function () { source.close(); });
  }
})();
