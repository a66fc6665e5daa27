// The queue while it stands: rows that changed are drawn anew in their place, new tips wait behind a button.
// Nothing is moved and nothing is loaded anew by itself. The page works without this file.
(function () {
  "use strict";
  var fresh = document.getElementById("fresh");
  var list = document.getElementById("rows");
  var bulk = document.getElementById("bulk");
  var POLL = 10000, SILENCE = 40000;

  // Ticked rows, and what can be done with them.
  function ticks() { return list ? Array.prototype.slice.call(list.querySelectorAll("input[name=tip]")) : []; }
  function count() {
    var all = ticks(), n = all.filter(function (tick) { return tick.checked; }).length;
    var words = bulk.querySelector("p");
    bulk.classList.toggle("on", n > 0);
    document.documentElement.classList.toggle("picking", n > 0);
    words.textContent = words.dataset.words.replace("#", n);
    document.querySelectorAll(".pick-all").forEach(function (tick) {
      tick.closest("label").hidden = false;
      tick.checked = n > 0 && n === all.length;
      tick.indeterminate = n > 0 && n < all.length;
    });
  }
  if (list && bulk) {
    document.getElementById("many").addEventListener("change", function (event) {
      if (event.target.className === "pick-all") {
        ticks().forEach(function (tick) { tick.checked = event.target.checked; });
      }
      count();
    });
    window.addEventListener("pageshow", count);
    count();
  }

  if (!fresh) { return; }
  var query = fresh.dataset.query, cursor = fresh.dataset.since, rest = "&newest=" + fresh.dataset.newest;
  var waiting = [], busy = false;

  function rowOf(id) { return list && list.querySelector('tr[data-tip="' + id + '"]'); }

  // One row drawn anew: cursor, tick and focus stay with it.
  function put(old, row) {
    if (old.getAttribute("aria-current")) { row.setAttribute("aria-current", "true"); }
    var tick = row.querySelector("input[name=tip]"), before = old.querySelector("input[name=tip]");
    tick.checked = before.checked;
    var focused = old.contains(document.activeElement) && document.activeElement.tagName;
    old.replaceWith(row);
    if (focused) { (focused === "INPUT" ? tick : row.querySelector(".gist a")).focus({ preventScroll: true }); }
  }

  // A row that went to another team.
  function dim(row) {
    if (row.classList.contains("gone")) { return; }
    row.classList.add("gone");
    var why = document.createElement("span");
    why.className = "why";
    why.textContent = fresh.dataset.gone;
    row.querySelector(".c-st").appendChild(why);
  }

  function draw(html, ids) {
    var page = new DOMParser().parseFromString(html, "text/html");
    ids.forEach(function (id) {
      var old = rowOf(id), row = page.querySelector('tr[data-tip="' + id + '"]');
      if (old && row) { put(old, document.importNode(row, true)); } else if (old) { dim(old); }
    });
    ["views", "size"].forEach(function (id) {
      var old = document.getElementById(id), now = page.getElementById(id);
      if (old.innerHTML !== now.innerHTML && !old.contains(document.activeElement)) { old.innerHTML = now.innerHTML; }
    });
    document.title = page.title;
    if (list && bulk) { count(); }
  }

  // An answer that sends us to sign in is the end: nothing is asked for any more.
  function ask(path, more) {
    return fetch(path + query + more, { redirect: "manual", credentials: "same-origin" }).then(function (answer) {
      if (answer.type === "opaqueredirect") { over(); return null; }
      return answer.ok ? answer : Promise.reject(new Error("refused"));
    });
  }

  // What could not be fetched is asked for again with the next sign of life.
  function refresh() {
    if (busy || !waiting.length) { return; }
    var changed = waiting;
    var ids = changed.filter(function (id, at) { return rowOf(id) && changed.indexOf(id) === at; });
    waiting = [];
    busy = true;
    ask("/desk/rows", "&ids=" + ids.join(",")).then(function (answer) { return answer && answer.text(); })
      .then(function (html) {
        busy = false;
        if (html) { draw(html, ids); refresh(); }
      }, function () {
        busy = false;
        waiting = changed.concat(waiting);
      });
  }

  function heard(said) {
    fresh.hidden = said.new === 0;
    fresh.querySelector("a").textContent = fresh.dataset.words.replace("#", said.new);
    waiting = waiting.concat(said.changed);
    refresh();
  }

  var line = null, faults = 0, watchdog = 0, polling = 0;
  function over() {
    if (line) { line.close(); }
    window.clearInterval(polling);
    window.clearTimeout(watchdog);
    fresh.hidden = false;
    fresh.textContent = fresh.dataset.out;
  }

  function poll() {
    ask("/desk/changes", rest + "&since=" + cursor).then(function (answer) { return answer && answer.json(); })
      .then(function (said) { if (said) { cursor = said.cursor; heard(said); } }, function () { /* asked again */ });
  }

  // Twice cut off, or silent for longer than a sign of life takes: something on the way does not let a stream through.
  function cut() {
    if (polling) { return; }
    line.close();
    window.clearTimeout(watchdog);
    polling = window.setInterval(poll, POLL);
    poll();
  }

  function alive() {
    faults = 0;
    window.clearTimeout(watchdog);
    watchdog = window.setTimeout(cut, SILENCE);
  }

  function listen() {
    line = new EventSource("/desk/events" + query + rest + "&since=" + cursor);
    line.onmessage = function (event) {
      alive();
      cursor = event.lastEventId || cursor;
      heard(JSON.parse(event.data));
    };
    line.addEventListener("beat", function () { alive(); refresh(); });
    line.onerror = function () {
      faults += 1;
      if (faults > 1 || line.readyState === EventSource.CLOSED) { cut(); }
    };
    watchdog = window.setTimeout(cut, SILENCE);
  }

  if (window.EventSource) { listen(); } else { polling = window.setInterval(poll, POLL); poll(); }
  window.addEventListener("pagehide", function () { if (line) { line.close(); } });
})();
