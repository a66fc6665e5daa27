// A tip's page: who else looks, what is new, and nothing typed is lost. The page works without this file.
(function () {
  "use strict";
  var newer = document.getElementById("newer");
  var composer = document.getElementById("composer");
  var sending = false;

  // Typed words and chosen files: leaving the page asks first.
  function typed() {
    return Array.prototype.some.call(document.querySelectorAll("textarea:not([readonly]),input[type=file]"), function (box) {
      return box.type === "file" ? box.files.length > 0 : box.value !== box.defaultValue;
    });
  }
  document.addEventListener("submit", function () { sending = true; });
  window.addEventListener("pageshow", function () { sending = false; });
  window.addEventListener("beforeunload", function (event) {
    if (!sending && typed()) { event.preventDefault(); }
  });

  // A sheet that opens takes the focus; Escape and a click elsewhere close it.
  function sheets() { return document.querySelectorAll("details.act[open],details.canned[open]"); }
  document.addEventListener("toggle", function (event) {
    var opened = event.target;
    if (!opened.open || !opened.matches("details.act,details.item")) { return; }
    var first = opened.querySelector("form input:not([type=hidden]),form textarea,form button,details.item>summary,.sheet button");
    if (first) { first.focus(); }
  }, true);
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    sheets().forEach(function (sheet) { sheet.open = false; sheet.querySelector("summary").focus(); });
  });
  document.addEventListener("click", function (event) {
    sheets().forEach(function (sheet) { if (!sheet.contains(event.target)) { sheet.open = false; } });
  });

  if (composer) {
    var box = composer.querySelector("textarea");
    composer.addEventListener("change", function (event) { if (event.target.name === "to") { box.focus(); } });
    composer.addEventListener("click", function (event) {
      var said = event.target.closest("[data-body]");
      if (!said) { return; }
      event.preventDefault();
      box.value = (box.value ? box.value.replace(/\n?$/, "\n") : "") + said.dataset.body;
      said.closest("details").open = false;
      box.focus();
    });
  }

  // After a form was sent the page begins at its end, where the new words stand.
  var visit = performance.getEntriesByType ? performance.getEntriesByType("navigation")[0] : null;
  var last = document.querySelector(".thread>:last-child");
  if (visit && visit.redirectCount > 0 && last && newer) { last.scrollIntoView({ block: "nearest" }); }

  if (!newer || !window.EventSource) { return; }
  var others = document.getElementById("others");
  var news = newer.children[0], out = newer.children[1];

  function listen() {
    var line = new EventSource(newer.dataset.live);
    line.onmessage = function (event) {
      var told = JSON.parse(event.data);
      others.hidden = !told.others;
      others.lastElementChild.textContent = told.others;
      news.hidden = told.mark === newer.dataset.mark;
    };
    line.onerror = function () { out.hidden = line.readyState !== 2; };
    window.addEventListener("pagehide", function () { line.close(); });
  }
  listen();
  window.addEventListener("pageshow", function (event) { if (event.persisted) { listen(); } });

  // What is typed travels with the request for the newer page, so that it stands there again.
  newer.addEventListener("click", function (event) {
    if (!event.target.closest("a") || event.target.target || !composer || !box.value) { return; }
    event.preventDefault();
    var again = document.createElement("input");
    again.type = "hidden"; again.name = "again"; again.value = "1";
    composer.appendChild(again);
    sending = true;
    composer.submit();
  });

  // Signed in again in another window: the line is taken up.
  document.addEventListener("renewed", function () {
    if (out.hidden) { return; }
    out.hidden = true;
    listen();
  });
})();
